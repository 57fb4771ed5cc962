/**
 * A payment host from this computer, step by step: name, connection, TLS, answer, a large request,
 * loss and jitter, and meanwhile whether a sign-in page is in between. What fails is said, and what
 * can't be asked any more is skipped; nothing is sent over a connection whose certificate is not in
 * order. Name, TLS and answer use one connection.
 */
import type { Duplex } from 'node:stream';
import type { Socket } from 'node:net';
import type { DateSample, ProbeStep, ProbeStepName } from '../contract/probe-step.ts';
import type {
  HostCertificate,
  HostProbe,
  KnownAnswer,
  PortalTest,
  SampleStatistics,
} from '../contract/probe.ts';
import { sentence } from '../wording/index.ts';
import { clockReference, dateOf } from './clock.ts';
import { within, type Deadline } from './deadline.ts';
import type { Answered } from './exchange.ts';
import {
  askedLarge,
  askedOnce,
  authorityOf,
  knownAsked,
  openedTcp,
  openedTls,
  otherNames,
  sampled,
  usualNames,
  type ProbeTarget,
} from './host-steps.ts';
import { firstFailed, placeOf } from './judge.ts';
import { isThisComputer } from './names.ts';
import { usualKnown } from './portal.ts';
import { usualSampling, type Sampling } from './samples.ts';
import { runStep, skippedStep, type Done } from './steps.ts';
import { nextSentence, placeSentence } from './words.ts';

export interface ProbeOptions {
  /** Each step's own. */
  readonly stepTimeoutMs?: number;
  /** A name server to ask as well, by its address (and port). */
  readonly resolver?: string | null;
  /** `count` 0: none are taken. */
  readonly sampling?: Partial<Sampling>;
  /** Of a request that fills a packet; 0: none is sent. */
  readonly largeBytes?: number;
  /** PEM; trusted beside the usual ones, for this probe only. */
  readonly ca?: string | null;
  /** Asked to find a sign-in page; null: the usual ones, none for a host on this computer. */
  readonly known?: readonly KnownAnswer[] | null;
}

const usual = { stepTimeoutMs: 5_000, largeBytes: 1_400 };

/** Throws only the signal's reason. */
export async function probeHost(
  target: ProbeTarget,
  options: ProbeOptions,
  signal: AbortSignal,
): Promise<HostProbe> {
  const steps = probeSteps(target, options, signal);
  for (;;) {
    const next = await steps.next();
    if (next.done === true) return next.value;
  }
}

/** The same, each step as it ends. */
export async function* probeSteps(
  target: ProbeTarget,
  options: ProbeOptions,
  signal: AbortSignal,
): AsyncGenerator<ProbeStep, HostProbe, void> {
  const leaving = new AbortController();
  const probe = new Probing(target, options, AbortSignal.any([signal, leaving.signal]));
  try {
    yield* probe.run();
    return probe.result();
  } finally {
    // What is still under way when somebody leaves early.
    leaving.abort();
    probe.end();
  }
}

class Probing {
  readonly #target: ProbeTarget;
  readonly #options: ProbeOptions;
  readonly #signal: AbortSignal;
  readonly #stepTimeoutMs: number;
  readonly #startedMs = performance.now();
  readonly #atMs = Date.now();
  readonly #steps: ProbeStep[] = [];
  #addresses: string[] = [];
  #tcp: Socket | null = null;
  /** What the request goes over; null: not open, or not to be trusted. */
  #line: Duplex | null = null;
  #certificate: HostCertificate | null = null;
  #status: number | null = null;
  #date: DateSample | null = null;
  #samples: SampleStatistics | null = null;
  #portal: PortalTest | null = null;

  constructor(target: ProbeTarget, options: ProbeOptions, signal: AbortSignal) {
    this.#target = target;
    this.#options = options;
    this.#signal = signal;
    this.#stepTimeoutMs = options.stepTimeoutMs ?? usual.stepTimeoutMs;
  }

  async *run(): AsyncGenerator<ProbeStep, void, void> {
    const { resolver = null, largeBytes = usual.largeBytes, sampling } = this.#options;
    const portal = this.#askKnown();
    // It is waited for at the end; until then its failure is nobody's.
    portal?.catch(() => undefined);
    yield await this.#names();
    if (resolver !== null) yield await this.#otherNames(resolver);
    yield await this.#connect();
    if (this.#target.secure) yield await this.#secure();
    yield await this.#ask();
    if (largeBytes > 0) yield await this.#askLarge(largeBytes);
    const samples = { ...usualSampling, ...sampling };
    if (samples.count > 0) yield await this.#sample(samples);
    if (portal !== null) yield this.#keep(await portal);
  }

  end(): void {
    this.#line?.destroy();
    this.#tcp?.destroy();
  }

  result(): HostProbe {
    const { host, port, secure } = this.#target;
    const portal = this.#portal;
    const steps = this.#steps;
    const others = portal === null ? [] : [portal];
    const place = placeOf({
      steps,
      portal,
      certificate: this.#certificate,
      clock: clockReference(others),
      nowMs: this.#atMs,
    });
    const failed = firstFailed(steps);
    const facts = { host, port, ...failed?.facts };
    return {
      host,
      port,
      secure,
      atUtc: new Date(this.#atMs).toISOString(),
      timeMs: Math.round(performance.now() - this.#startedMs),
      steps,
      failedAt: failed?.step ?? null,
      place,
      what: place === null ? sentence('probe_well', { host }) : placeSentence(place, facts),
      next: place === null ? null : nextSentence(place, facts),
      addresses: this.#addresses,
      certificate: this.#certificate,
      status: this.#status,
      samples: this.#samples,
      portal,
      date: this.#date,
      clock: clockReference([{ date: this.#date }, ...others]),
    };
  }

  #keep(step: ProbeStep): ProbeStep {
    this.#steps.push(step);
    return step;
  }

  /** `work` null: nothing is left to ask. */
  async #step<T>(
    name: ProbeStepName,
    work: ((deadline: Deadline) => Promise<Done<T>>) | null,
    took: (value: T) => void = () => undefined,
  ): Promise<ProbeStep> {
    const { host, port } = this.#target;
    if (work === null) return this.#keep(skippedStep(name, { host, port }));
    const { step, value } = await runStep(name, { host, port }, () =>
      within(this.#stepTimeoutMs, this.#signal, work),
    );
    if (value !== null) took(value);
    return this.#keep(step);
  }

  #names(): Promise<ProbeStep> {
    const work = (deadline: Deadline) => usualNames(this.#target.host, deadline);
    return this.#step('dns', work, (found) => (this.#addresses = found));
  }

  #otherNames(server: string): Promise<ProbeStep> {
    const { host } = this.#target;
    const work = (deadline: Deadline) => otherNames(server, host, this.#addresses, deadline);
    return this.#step('second-dns', work, (found) => {
      // Going on with what the other server says proves that the rest of the way is well.
      if (this.#addresses.length === 0) this.#addresses = found;
    });
  }

  get #place() {
    const { host, port } = this.#target;
    return { host, port, addresses: this.#addresses };
  }

  #connect(): Promise<ProbeStep> {
    const mayAsk = this.#addresses.length > 0;
    const work = mayAsk ? (deadline: Deadline) => openedTcp(this.#place, deadline) : null;
    return this.#step('tcp', work, (socket) => {
      this.#tcp = socket;
      if (!this.#target.secure) this.#line = socket;
    });
  }

  #secure(): Promise<ProbeStep> {
    const tcp = this.#tcp;
    const who = { host: this.#target.host, ca: this.#options.ca ?? null };
    const found = (certificate: HostCertificate) => (this.#certificate = certificate);
    const work = (socket: Socket) => (deadline: Deadline) =>
      openedTls(socket, who, deadline, found);
    return this.#step('tls', tcp === null ? null : work(tcp), (line) => (this.#line = line));
  }

  #ask(): Promise<ProbeStep> {
    const line = this.#line;
    const work = (socket: Duplex) => (deadline: Deadline) =>
      askedOnce(socket, this.#target, deadline, (answered) => this.#answered(answered));
    return this.#step('http', line === null ? null : work(line));
  }

  #answered(answered: Answered): void {
    const { secure } = this.#target;
    const source = `${secure ? 'https' : 'http'}://${authorityOf(this.#target)}`;
    this.#status = answered.status;
    this.#date = dateOf(answered, source, secure);
  }

  #askLarge(sizeBytes: number): Promise<ProbeStep> {
    const how = { addresses: this.#addresses, ca: this.#options.ca ?? null, sizeBytes };
    const work = (deadline: Deadline) => askedLarge(this.#target, how, deadline);
    const smallWasAnswered = this.#steps.some(
      ({ step, outcome }) => step === 'http' && outcome === 'ok',
    );
    return this.#step('large', smallWasAnswered ? work : null);
  }

  async #sample(sampling: Sampling): Promise<ProbeStep> {
    if (this.#tcp === null) return await this.#step('samples', null);
    const { host, port } = this.#target;
    const found = (samples: SampleStatistics) => (this.#samples = samples);
    const { step } = await runStep('samples', { host, port }, () =>
      sampled(this.#place, sampling, this.#signal, found),
    );
    return this.#keep(step);
  }

  /** Null: not asked for. */
  #askKnown(): Promise<ProbeStep> | null {
    const { host, port } = this.#target;
    const known = this.#options.known ?? (isThisComputer(host) ? [] : usualKnown);
    if (known.length === 0) return null;
    const found = (tested: PortalTest) => (this.#portal = tested);
    const asking = runStep('portal', { host, port }, () =>
      knownAsked(known, this.#stepTimeoutMs, this.#signal, found),
    );
    return asking.then(({ step }) => step);
  }
}
