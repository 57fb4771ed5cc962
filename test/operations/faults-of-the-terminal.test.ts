/** Every fault that the simulated box can show, diagnosed over its real line. */
import { describe, expect, it } from 'vitest';
import type { CheckId, Diagnosis, Symptom } from '../../native-bridge/contract/diagnosis.ts';
import { connectBox, openBench, type Bench, type Box } from '../support/bench.ts';

/** Faults that hide nothing else: the cause is the check they are made for. */
const causes: readonly (readonly [string, Symptom, CheckId])[] = [
  // Neither Wi-Fi nor 4G: the expected Wi-Fi leads, the SIM is a further cause, the rest follows.
  ['no-network', 'S1', 'wifi'],
  ['payment-host-unreachable', 'S1', 'network'],
  ['packet-loss', 'S1', 'network'],
  ['mtu-blackhole', 'S1', 'network'],
  ['dns-broken', 'S1', 'network'],
  ['wrong-payment-host', 'S1', 'network'],
  ['wifi-weak', 'S1', 'wifi'],
  ['wifi-wrong-ssid', 'S1', 'wifi'],
  ['wifi-captive-portal', 'S1', 'wifi'],
  ['wifi-not-joined', 'S1', 'wifi'],
  ['battery-low', 'S1', 'battery'],
  ['battery-empty-not-charging', 'S1', 'battery'],
  ['battery-hot', 'S1', 'battery'],
  ['firmware-old', 'S1', 'system-version'],
  ['wrong-merchant', 'S3', 'payment-settings'],
  ['wrong-terminal-number', 'S3', 'payment-settings'],
  ['wrong-channel', 'S2', 'payment-settings'],
  ['wrong-settlement-tail', 'S5', 'payment-settings'],
  ['qr-static-instead-of-dynamic', 'S1', 'qr-mode'],
  ['qr-payload-foreign', 'S3', 'qr-mode'],
  ['qr-validity-too-long', 'S1', 'qr-validity'],
];

async function diagnoseWith(fault: string | null, symptom: Symptom) {
  const bench = await openBench();
  const faults = fault === null ? [] : [fault];
  const box = await connectBox(bench, { faults, updateDue: false });
  const diagnosis = await bench.bridge.request('diagnose', {
    terminalId: box.terminal.id,
    symptom,
  });
  return { bench, box, diagnosis };
}

/** Gives every setting that differs its expected value; a joined network takes it at the commit. */
async function correctAll({ bridge }: Bench, { terminal }: Box): Promise<void> {
  const { rows } = await bridge.request('readSettings', { terminalId: terminal.id });
  const changes = rows.flatMap(({ key, differs, expected }) =>
    differs && expected !== null ? [{ key, value: expected }] : [],
  );
  await bridge.request('applySettings', { terminalId: terminal.id, changes });
}

describe('a fault of the terminal', () => {
  it.each(causes)('%s under %s is named: %s', async (fault, symptom, check) => {
    const { diagnosis } = await diagnoseWith(fault, symptom);
    expect(diagnosis.cause).toBe(check);
  });

  it('slow-network is a warning and no cause', async () => {
    const { diagnosis } = await diagnoseWith('slow-network', 'S1');
    expect(diagnosis.cause).toBeNull();
    expect(diagnosis.findings.find((f) => f.check === 'network')?.verdict).toBe('warn');
  });

  describe('platform-down', () => {
    const answered = async (answer: string | null) => {
      const { bench, box, diagnosis } = await diagnoseWith('platform-down', 'S1');
      if (answer === null) return diagnosis;
      return await bench.bridge.request('diagnose', {
        terminalId: box.terminal.id,
        symptom: 'S1',
        caseId: diagnosis.caseId,
        answers: { 'platform-up': answer },
      });
    };
    const summed = ({ findings }: Diagnosis) =>
      findings
        .filter(({ verdict }) => verdict === 'fail')
        .map(({ check, role, headline, confidence }) => [check, role, headline.key, confidence]);

    it('is a platform that refuses, while nobody was asked', async () => {
      expect(summed(await answered(null))).toEqual([
        ['network', 'follows', 'found_network_host_unreachable', 'high'],
        ['platform', 'cause', 'found_platform_refuses', 'medium'],
      ]);
    });

    it('is a platform that is down once somebody says so, and what was read speaks for it', async () => {
      const diagnosis = await answered('no');
      expect(summed(diagnosis)).toEqual([
        ['network', 'follows', 'found_network_host_unreachable', 'high'],
        ['platform', 'cause', 'found_platform_down', 'high'],
      ]);
      const cause = diagnosis.findings.find(({ role }) => role === 'cause');
      expect(cause?.evidence.map(({ reading, source }) => reading ?? source)).toEqual([
        'question platform-up',
        'network.paymentHostReached',
      ]);
      expect(cause?.remedy?.who).toBe('platform');
    });

    it('is the way there once somebody says that the platform is up', async () => {
      expect(summed(await answered('yes'))).toEqual([
        ['network', 'cause', 'found_network_host_unreachable', 'high'],
      ]);
    });
  });

  it.each(['S1', 'S2', 'S3', 'S4', 'S5'] as const)('none is found under %s', async (symptom) => {
    const { diagnosis } = await diagnoseWith(null, symptom);
    expect(diagnosis.findings.filter((f) => f.verdict === 'fail')).toEqual([]);
    expect(diagnosis.cause).toBeNull();
  });

  it.each([
    ['dns-broken', 'S1'],
    ['wrong-payment-host', 'S1'],
    ['wifi-wrong-ssid', 'S1'],
    ['wrong-merchant', 'S3'],
    ['wrong-terminal-number', 'S3'],
    ['wrong-channel', 'S2'],
    ['wrong-settlement-tail', 'S5'],
    ['qr-static-instead-of-dynamic', 'S1'],
    ['qr-payload-foreign', 'S3'],
    ['qr-validity-too-long', 'S1'],
  ] as const)(
    '%s is gone after the correction, and comes back with the undo',
    async (fault, symptom) => {
      const { bench, box, diagnosis } = await diagnoseWith(fault, symptom);
      const { caseId } = diagnosis;
      const again = { terminalId: box.terminal.id, symptom, caseId };
      await correctAll(bench, box);
      expect((await bench.bridge.request('diagnose', again)).cause).toBeNull();
      const undone = await bench.bridge.request('undoCorrection', { terminalId: box.terminal.id });
      expect(undone.outcome).toBe('undone');
      expect((await bench.bridge.request('diagnose', again)).cause).toBe(diagnosis.cause);
    },
  );
});
