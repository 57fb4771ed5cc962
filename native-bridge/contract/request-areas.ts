/**
 * The contract (requests.ts) as the bridge takes it in: area by area, since what a request and its reply
 * look like takes long to build. The areas stand as a start asks for them.
 */
import { BridgeFault } from './bridge-fault.ts';
import type { RequestName, Requests } from './requests.ts';

const areas: readonly (() => Promise<Partial<Requests>>)[] = [
  async () => (await import('./terminal-requests.ts')).terminalRequests,
  async () => (await import('./job.ts')).jobRequests,
  async () => (await import('./training.ts')).trainingRequests,
  async () => (await import('./port-requests.ts')).portRequests,
  async () => (await import('./case-requests.ts')).caseRequests,
  async () => (await import('./profile.ts')).profileRequests,
  async () => (await import('./diagnosis-requests.ts')).diagnosisRequests,
  async () => (await import('./correction.ts')).correctionRequests,
  async () => (await import('./backup.ts')).backupRequests,
  async () => (await import('./app.ts')).appRequests,
  async () => (await import('./qr.ts')).qrRequests,
  async () => (await import('./knowledge.ts')).knowledgeRequests,
  async () => (await import('./trusted-keys.ts')).trustedKeyRequests,
  async () => (await import('./probe.ts')).probeRequests,
  async () => (await import('./usb.ts')).usbRequests,
  async () => (await import('./scanner.ts')).scannerRequests,
  async () => (await import('./flash-requests.ts')).firmwareRequests,
  async () => (await import('./console.ts')).consoleRequests,
  async () => (await import('./evidence.ts')).evidenceRequests,
  async () => (await import('./signature.ts')).signatureRequests,
  async () => (await import('./bundle.ts')).bundleRequests,
  async () => (await import('./shop.ts')).shopRequests,
  async () => (await import('./history.ts')).historyRequests,
];

/** Throws BridgeFault `bad-request` where there is no request of that name. */
export async function requestNamed<N extends RequestName>(name: N): Promise<Requests[N]> {
  for (const load of areas) {
    const area = await load();
    const request = Object.hasOwn(area, name) ? area[name] : undefined;
    if (request !== undefined) return request;
  }
  const expected = 'the name of a request';
  throw new BridgeFault('bad-request', { request: name.slice(0, 100), expected });
}
