/**
 * What probes and the status service answered, as readings: the same world as the terminal's, seen
 * from this computer. Pure.
 *
 * Where the fault lies with this computer or its own network, nothing is said of the payment host:
 * that reading is unread, so that no check takes an offline laptop for a platform that is down.
 */
import type { Facts, Sentence } from '../../contract/common.ts';
import { BridgeFault } from '../../contract/bridge-fault.ts';
import type { MerchantStatus, StatusAnswer } from '../../contract/merchant-status.ts';
import type { ProbeStep } from '../../contract/probe-step.ts';
import type { HostProbe } from '../../contract/probe.ts';
import type { Reading, ReadingName, ReadingValue } from '../../contract/reading.ts';

/** What one probe of a host came to; `probe` null: it was not at its end when its time was up. */
export interface Probed {
  readonly asked: string;
  readonly steps: readonly ProbeStep[];
  readonly probe: Pick<HostProbe, 'place' | 'what'> | null;
  readonly atUtc: string;
}

export function hostReadings(probed: Probed): Reading[] {
  return [online(probed), captivePortal(probed), reached(probed), tls(probed)].filter(
    (reading) => reading !== null,
  );
}

/** null: nobody was asked that could tell. */
function online(probed: Probed): Reading | null {
  const portal = stepOf(probed, 'portal');
  // Where the known hosts are blocked, any host that answers proves as much.
  if (stepOf(probed, 'tcp')?.outcome === 'ok' && !isPortal(portal)) {
    return reading(probed, 'computer.online', true, stepOf(probed, 'tcp'));
  }
  if (portal?.outcome === 'ok') return reading(probed, 'computer.online', true, portal);
  if (portal?.problem === 'no-internet' || isPortal(portal)) {
    return reading(probed, 'computer.online', false, portal);
  }
  return portal || probed.probe === null ? unread(probed, 'computer.online', portal) : null;
}

function captivePortal(probed: Probed): Reading | null {
  const portal = stepOf(probed, 'portal');
  const http = stepOf(probed, 'http');
  const isMet = isPortal(portal) || isPortal(http);
  if (isMet) return reading(probed, 'computer.captivePortal', true, isPortal(http) ? http : portal);
  if (portal === null) return null;
  const isKnown = portal.outcome === 'ok' || portal.problem === 'no-internet';
  if (isKnown) return reading(probed, 'computer.captivePortal', false, portal);
  return unread(probed, 'computer.captivePortal', portal);
}

function isPortal(step: ProbeStep | null): boolean {
  return ['portal', 'login-page', 'redirected'].includes(step?.problem ?? '');
}

/** In the words of `network.paymentHostReached`. */
function reached(probed: Probed): Reading {
  const name = 'computer.paymentHostReached';
  const http = stepOf(probed, 'http');
  if (http?.outcome === 'ok') return reading(probed, name, 'yes', http);
  const failed = probed.steps.find(
    ({ step, outcome }) => outcome === 'failed' && step !== 'portal',
  );
  if (!failed || isOurFault(probed)) return unread(probed, name, failed ?? null);
  return reading(probed, name, reasonOf(failed), failed);
}

function reasonOf({ step, problem }: ProbeStep): string {
  if (step === 'dns' || step === 'second-dns') return 'dns';
  if (step === 'tls') return 'tls';
  if (problem === 'refused') return 'refused';
  // An HTTP answer came: the host is there and declines.
  const answered = ['maintenance', 'server-error', 'request-refused', 'unexpected-answer'];
  return answered.includes(problem ?? '') ? 'refused' : 'timeout';
}

const certificateWords: Readonly<Partial<Record<string, string>>> = {
  'certificate-expired': 'expired',
  'certificate-not-yet-valid': 'not-yet-valid',
  'certificate-wrong-name': 'name',
  'certificate-unknown-issuer': 'issuer',
};

function tls(probed: Probed): Reading {
  const step = stepOf(probed, 'tls');
  if (step?.outcome === 'ok') return reading(probed, 'computer.tls', 'ok', step);
  if (step?.outcome !== 'failed' || isOurFault(probed)) return unread(probed, 'computer.tls', step);
  const value = certificateWords[step.problem ?? ''] ?? 'failed';
  return reading(probed, 'computer.tls', value, step);
}

function isOurFault({ probe }: Probed): boolean {
  return ['this-network', 'portal', 'this-computer'].includes(probe?.place ?? '');
}

/** null: it was not taken, or passed over because of one before it. */
function stepOf({ steps }: Probed, name: ProbeStep['step']): ProbeStep | null {
  return steps.find(({ step, outcome }) => step === name && outcome !== 'skipped') ?? null;
}

function reading(
  { asked, atUtc }: Probed,
  name: ReadingName,
  value: ReadingValue,
  step: ProbeStep | null,
): Reading {
  return make(name, value, { source: sourceOf(asked, step), raw: step?.raw ?? '', atUtc });
}

function unread({ asked, atUtc, probe }: Probed, name: ReadingName, step: ProbeStep | null) {
  const seen = { source: sourceOf(asked, step), raw: step?.raw ?? '', atUtc };
  const caveat = probe?.place == null ? null : probe.what;
  return makeUnread(name, { asked, problem: step?.problem ?? 'no-answer' }, seen, caveat);
}

/** As a technician would name it: whom this computer asked, and for what. */
function sourceOf(asked: string, step: ProbeStep | null): string {
  return `probe ${asked}${step === null ? '' : ` ${step.step}`}`;
}

const statusNames = [
  'account.cardBound',
  'account.state',
  'account.receiving',
  'account.settlement',
  'platform.state',
  'order.state',
  'order.announced',
] as const satisfies readonly ReadingName[];
type StatusName = (typeof statusNames)[number];

/** `methods`: those that the merchant should have; empty: nobody says. */
export function statusReadings(answer: StatusAnswer, methods: readonly string[]): Reading[] {
  const { status, problem, atUtc, raw, service, merchantNumber } = answer;
  const seen = { source: `GET ${service} ${merchantNumber}`, raw, atUtc };
  if (status === null) {
    const facts = { asked: service, problem: problem ?? 'no-answer' };
    return statusNames.map((name) => makeUnread(name, facts, seen, answer.what));
  }
  const values = statusValues(status, methods);
  return statusNames.flatMap((name) => {
    const value = values[name];
    return value === null ? [] : [make(name, value, seen)];
  });
}

/** None of them was answered in time. */
export function statusUnanswered(service: string, atUtc: string): Reading[] {
  const seen = { source: `GET ${service}`, raw: '', atUtc };
  const facts = { asked: service, problem: 'no-answer' };
  return statusNames.map((name) => makeUnread(name, facts, seen, null));
}

function statusValues(
  { card, merchant, receiving, settlement, platform, orders }: MerchantStatus,
  methods: readonly string[],
): Readonly<Record<StatusName, ReadingValue | null>> {
  const newest = orders[0];
  const takenFen = orders.filter(({ state }) => state === 'paid').map((one) => one.amountFen);
  return {
    'account.cardBound': card.bound,
    'account.state': merchant.state,
    'account.receiving': receivingOf(receiving, methods, Math.max(0, ...takenFen)),
    'account.settlement': settlementOf(settlement),
    'platform.state': platform.state === 'maintenance' ? 'down' : platform.state,
    'order.state': newest?.state ?? 'none',
    'order.announced': newest?.announced ?? null,
  };
}

/** `takenFen`: the largest of the paid orders; a limit below it refuses what the shop usually takes. */
function receivingOf(
  receiving: MerchantStatus['receiving'],
  wanted: readonly string[],
  takenFen: number,
): string {
  const { open, methods, singleLimitFen, dailyLimitFen, receivedTodayFen, creditCards } = receiving;
  if (!open || methods.length === 0) return 'closed';
  if (singleLimitFen !== null && singleLimitFen < takenFen) return 'limit-low';
  if (dailyLimitFen !== null && (receivedTodayFen ?? 0) >= dailyLimitFen) return 'limit-reached';
  if (wanted.some((method) => !methods.includes(method))) return 'method-closed';
  return creditCards ? 'normal' : 'credit-off';
}

/** How banks word a payout they refuse [T]. */
const payoutReasons: readonly (readonly [RegExp, string])[] = [
  [/户名|姓名|不符|name/iu, 'name-wrong'],
  [/限额|超限|limit/iu, 'card-limit'],
];

function settlementOf({ lastPayout }: MerchantStatus['settlement']): string {
  if (lastPayout === null) return 'pending';
  if (lastPayout.state !== 'failed') return lastPayout.state === 'paid' ? 'normal' : 'pending';
  const reason = lastPayout.failureReason ?? '';
  return payoutReasons.find(([pattern]) => pattern.test(reason))?.[1] ?? 'failed';
}

type SeenAs = Pick<Reading, 'source' | 'raw' | 'atUtc'>;

function make(name: ReadingName, value: ReadingValue, seen: SeenAs): Reading {
  return { name, value, unit: 'none', failure: null, caveat: null, ...seen };
}

function makeUnread(
  name: ReadingName,
  facts: Facts,
  seen: SeenAs,
  caveat: Sentence | null,
): Reading {
  const { fault } = new BridgeFault('probe-failed', facts);
  return { name, value: null, unit: 'none', failure: fault, caveat, ...seen };
}
