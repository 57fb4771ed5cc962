/** The work of each step of a host's probe: what it asks, what it found, what it takes for failed. */
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Facts } from '../contract/common.ts';
import type {
  HostCertificate,
  KnownAnswer,
  PortalTest,
  SampleStatistics,
} from '../contract/probe.ts';
import { refuseTrouble, refuseUnexpected, type Expected } from './answers.ts';
import { certificateOf, certificateText } from './certificate.ts';
import { connectTcp, startTls, type Place } from './connect.ts';
import type { Deadline } from './deadline.ts';
import { exchange, headText, type Answered } from './exchange.ts';
import { addressesFrom, isPrivate, usualAddresses } from './names.ts';
import { testPortal } from './portal.ts';
import { ProbeError } from './probe-error.ts';
import { takeSamples, type Sampling } from './samples.ts';
import type { Done } from './steps.ts';

export interface ProbeTarget {
  /** A name or an address. */
  readonly host: string;
  readonly port: number;
  readonly secure: boolean;
  readonly path?: string;
  /** What `path` answers; left out: any answer will do. */
  readonly expected?: Expected;
}

/** Of the answer: enough to tell a page. */
const maxBodyBytes = 16_384;
/** From here on the samples count as a failed step. */
const lossyFromPercent = 20;

export async function usualNames(host: string, deadline: Deadline): Promise<Done<string[]>> {
  const addresses = await usualAddresses(host, deadline);
  return { value: addresses, facts: { addresses }, raw: addresses.join('\n') };
}

/** `usualOnes`: what the usual name server said. */
export async function otherNames(
  server: string,
  host: string,
  usualOnes: readonly string[],
  deadline: Deadline,
): Promise<Done<string[]>> {
  const addresses = await addressesFrom(server, host, deadline);
  const raw = `${server}: ${addresses.join(', ')}`;
  if (usualOnes.length > 0 && usualOnes.every(isPrivate) && !addresses.some(isPrivate)) {
    const facts = { server, addresses: [...usualOnes], public: addresses };
    throw new ProbeError('name-private', facts, raw);
  }
  return { value: addresses, facts: { server, addresses }, raw };
}

export async function openedTcp(place: Place, deadline: Deadline): Promise<Done<Socket>> {
  const socket = await connectTcp(place, deadline);
  const address = socket.remoteAddress ?? '';
  return { value: socket, facts: { address }, raw: `${address} port ${place.port}` };
}

/** `found` is told the certificate whether or not it is in order; the connection only if it is. */
export async function openedTls(
  socket: Socket,
  { host, ca }: { readonly host: string; readonly ca: string | null },
  deadline: Deadline,
  found: (certificate: HostCertificate) => void = () => undefined,
): Promise<Done<Duplex>> {
  const secure = await startTls(socket, host, ca, deadline);
  const certificate = certificateOf(secure, host, Date.now());
  found(certificate);
  const raw = certificateText(certificate);
  const facts = certificateFacts(certificate);
  const [problem] = certificate.problems;
  if (problem === undefined) return { value: secure, facts, raw };
  secure.destroy();
  throw new ProbeError(problem, facts, raw);
}

/** `found` is told of any answer, a wrong one too. */
export async function askedOnce(
  socket: Duplex,
  target: ProbeTarget,
  deadline: Deadline,
  found: (answered: Answered) => void = () => undefined,
): Promise<Done<Answered>> {
  const answered = await asked(socket, target, 0, deadline);
  found(answered);
  const { status, headers } = answered;
  refuseTrouble(answered, target.host);
  if (target.expected !== undefined) refuseUnexpected(answered, target.expected, target.host);
  return { value: answered, facts: { status }, raw: headText(status, headers) };
}

/** A request that fills a packet, over a connection of its own. */
export async function askedLarge(
  target: ProbeTarget,
  {
    addresses,
    ca,
    sizeBytes,
  }: { addresses: readonly string[]; ca: string | null; sizeBytes: number },
  deadline: Deadline,
): Promise<Done<Answered>> {
  const { host, port } = target;
  try {
    const plain = await connectTcp({ host, port, addresses }, deadline);
    const socket = target.secure ? (await openedTls(plain, { host, ca }, deadline)).value : plain;
    const answered = await asked(socket, target, sizeBytes, deadline);
    const { status, headers } = answered;
    return { value: answered, facts: { sizeBytes, status }, raw: headText(status, headers) };
  } catch (error) {
    // The small one was answered.
    if (!(error instanceof ProbeError)) throw error;
    throw new ProbeError('large-lost', { ...error.facts, sizeBytes }, error.raw, { cause: error });
  }
}

async function asked(
  socket: Duplex,
  target: ProbeTarget,
  sizeBytes: number,
  deadline: Deadline,
): Promise<Answered> {
  const { path = '/' } = target;
  const bounds = { maxBodyBytes, beyond: 'enough' } as const;
  const authority = authorityOf(target);
  return await exchange(socket, { authority, path, accept: '*/*', sizeBytes, ...bounds }, deadline);
}

export async function sampled(
  place: Place,
  sampling: Sampling,
  signal: AbortSignal,
  found: (samples: SampleStatistics) => void,
): Promise<Done<SampleStatistics>> {
  const samples = await takeSamples(place, sampling, signal);
  found(samples);
  const facts = sampleFacts(samples);
  const raw = samples.timesMs.map((time) => (time === null ? 'lost' : `${time} ms`)).join('\n');
  if (samples.lossPercent >= lossyFromPercent) throw new ProbeError('lossy', facts, raw);
  return { value: samples, facts, raw };
}

export async function knownAsked(
  known: readonly KnownAnswer[],
  timeoutMs: number,
  signal: AbortSignal,
  found: (tested: PortalTest) => void,
): Promise<Done<PortalTest>> {
  const tested = await testPortal(known, { timeoutMs }, signal);
  found(tested);
  const { verdict, location, tries } = tested;
  const raw = tries.map(
    ({ url, problem, raw: seen }) => `${url}: ${problem ?? 'as known'}\n${seen}`,
  );
  const facts = { known: known.map(({ url }) => url), ...(location !== null && { location }) };
  if (verdict === 'open') return { value: tested, facts, raw: raw.join('\n') };
  const problem = verdict === 'unknown' ? 'unexpected-answer' : verdict;
  throw new ProbeError(problem, facts, raw.join('\n'));
}

/** As the Host header and an address have it. */
export function authorityOf({ host, port, secure }: Omit<ProbeTarget, 'path'>): string {
  const name = host.includes(':') ? `[${host}]` : host;
  return port === (secure ? 443 : 80) ? name : `${name}:${port}`;
}

function certificateFacts(certificate: HostCertificate): Facts {
  const { issuer, names, validFromUtc, validToUtc, protocol } = certificate;
  return {
    protocol,
    issuer,
    names,
    ...(validFromUtc === null ? {} : { validFromUtc }),
    ...(validToUtc === null ? {} : { validToUtc }),
  };
}

function sampleFacts({ count, lost, lossPercent, meanMs, jitterMs }: SampleStatistics): Facts {
  return {
    count,
    lost,
    lossPercent,
    ...(meanMs === null ? {} : { meanMs }),
    ...(jitterMs === null ? {} : { jitterMs }),
  };
}
