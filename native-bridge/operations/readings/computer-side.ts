/**
 * What this computer finds out while the terminal is asked: the profile's payment host, step by
 * step, and the acquirer's status service; beside them how far this computer's clock is off. Both
 * are asked at the same time, once, and within a time of their own; nothing that fails here is an
 * error. A profile that names neither has nothing to ask, and then nothing goes over the network.
 */
import type { StatusAnswer } from '../../contract/merchant-status.ts';
import type { ProbeStep } from '../../contract/probe-step.ts';
import type { Reading } from '../../contract/reading.ts';
import { askStatus, clockReference, probeSteps } from '../../probes/index.ts';
import type { Profile } from '../../terminals/profile.ts';
import { whereabouts, type TrainingHosts, type Whereabouts } from '../training/training-hosts.ts';
import { hostReadings, statusReadings, statusUnanswered, type Probed } from './computer-view.ts';
import { together } from './together.ts';

/** This computer's clock less the network's; positive: this computer is ahead. */
export interface ClockOffset {
  readonly offsetMs: number;
  /** Whose time it was compared with. */
  readonly source: string;
}

/** `clock` comes last and once; null: nobody told a time, or they disagree. */
export type FromComputer = { readonly reading: Reading } | { readonly clock: ClockOffset | null };

export interface ComputerSideOptions {
  readonly trainingHosts: TrainingHosts;
  /** Whom the status service is asked about; null: nobody can say, so it is not asked. */
  readonly merchantNumber: Promise<string | null>;
  /** Over all of it. */
  readonly timeoutMs?: number;
}

type Dated = Parameters<typeof clockReference>[0][number];
type Found = { readonly reading: Reading } | { readonly dated: Dated };

const usualTimeoutMs = 12_000;
/** Each step's; a host that takes longer is of no use to a payment either. */
const stepTimeoutMs = 3_000;

/** Throws `cancelled` and nothing else. */
export async function* computerSide(
  profile: Profile,
  options: ComputerSideOptions,
  signal: AbortSignal,
): AsyncGenerator<FromComputer, void, void> {
  const untilMs = performance.now() + (options.timeoutMs ?? usualTimeoutMs);
  const dated: Dated[] = [];
  const asking = together<Found>(
    [
      (stop) => fromHost(profile, options, untilMs, stop),
      (stop) => fromStatusService(profile, options, untilMs, stop),
    ],
    signal,
  );
  for await (const found of asking) {
    if ('reading' in found) yield found;
    else dated.push(found.dated);
  }
  const { offsetMs, sources } = clockReference(dated);
  yield { clock: offsetMs === null ? null : { offsetMs, source: sources.join(', ') } };
}

async function* fromHost(
  { expected }: Profile,
  { trainingHosts }: ComputerSideOptions,
  untilMs: number,
  signal: AbortSignal,
): AsyncGenerator<Found, void, void> {
  if (expected.paymentHost === null) return;
  const { hostname, port } = new URL(`https://${expected.paymentHost}`);
  const to = whereabouts(bare(hostname), port === '' ? 443 : Number(port), trainingHosts);
  if (to === null) return;
  const { probed, dates } = await probe(expected.paymentHost, to, untilMs, signal);
  for (const reading of hostReadings(probed)) yield { reading };
  for (const dated of dates) yield { dated };
}

async function probe(
  asked: string,
  { host, port, ca, known }: Whereabouts,
  untilMs: number,
  signal: AbortSignal,
): Promise<{ probed: Probed; dates: Dated[] }> {
  const atUtc = new Date().toISOString();
  const seen: ProbeStep[] = [];
  const { bounded, isTimeUp, end } = boundedBy(untilMs, signal);
  try {
    const target = { host, port, secure: true };
    const asking = probeSteps(
      target,
      { stepTimeoutMs, ca, known, sampling: { count: 0 } },
      bounded,
    );
    for (;;) {
      const next = await asking.next();
      if (next.done === true) {
        const { steps, place, what, date, portal } = next.value;
        const dates = [{ date }, ...(portal === null ? [] : [portal])];
        return { probed: { asked, steps, probe: { place, what }, atUtc }, dates };
      }
      seen.push(next.value);
    }
  } catch (error) {
    if (!isTimeUp()) throw error;
    return { probed: { asked, steps: seen, probe: null, atUtc }, dates: [] };
  } finally {
    end();
  }
}

async function* fromStatusService(
  profile: Profile,
  { trainingHosts, merchantNumber: known }: ComputerSideOptions,
  untilMs: number,
  signal: AbortSignal,
): AsyncGenerator<Found, void, void> {
  if (profile.statusService === null) return;
  const url = new URL(profile.statusService.url);
  const port = url.port === '' ? 443 : Number(url.port);
  const to = whereabouts(bare(url.hostname), port, trainingHosts);
  if (to === null) return;
  const { bounded, isTimeUp, end } = boundedBy(untilMs, signal);
  try {
    const merchantNumber = await orAborted(known, bounded);
    if (merchantNumber === null) return;
    const answer = await askStatus(placed(url, to), merchantNumber, { ca: to.ca }, bounded);
    const told: StatusAnswer = { ...answer, service: url.origin };
    for (const reading of statusReadings(told, methodsOf(profile))) yield { reading };
    yield { dated: answer };
  } catch (error) {
    if (!isTimeUp()) throw error;
    const atUtc = new Date().toISOString();
    for (const reading of statusUnanswered(url.origin, atUtc)) yield { reading };
  } finally {
    end();
  }
}

/** The same address at the place where it is played. */
function placed(url: URL, { host, port }: Whereabouts): string {
  const there = new URL(url);
  there.hostname = host.includes(':') ? `[${host}]` : host;
  there.port = String(port);
  return there.href;
}

/** An address of IPv6 stands in brackets in a URL, and nowhere else. */
const bare = (hostname: string): string => hostname.replace(/^\[|\]$/g, '');

function methodsOf({ settings }: Profile): string[] {
  const wanted = settings.find(({ key }) => key === 'payment.methods')?.expected ?? '';
  return wanted.split(',').filter((method) => method !== '');
}

/** A signal that also fires when the time is up, and how to tell that from a cancel. */
function boundedBy(untilMs: number, signal: AbortSignal) {
  const time = new AbortController();
  const timer = setTimeout(() => time.abort(), Math.max(1, untilMs - performance.now()));
  return {
    bounded: AbortSignal.any([signal, time.signal]),
    isTimeUp: () => time.signal.aborted && !signal.aborted,
    end: () => clearTimeout(timer),
  };
}

async function orAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted();
  let stop = (): void => undefined;
  const aborted = new Promise<never>((_resolve, reject) => {
    stop = () => reject(signal.reason instanceof Error ? signal.reason : new Error('aborted'));
    signal.addEventListener('abort', stop, { once: true });
  });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
