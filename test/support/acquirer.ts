/** A simulated acquirer in this process, for as long as the test, and the real client's view of it. */
import { onTestFinished } from 'vitest';
import {
  Acquirer,
  type Ready,
  type ServiceStats,
} from '../../native-bridge/simulators/acquirer/acquirer.ts';
import { answerControl } from '../../native-bridge/simulators/acquirer/control.ts';
import { parseOptions } from '../../native-bridge/simulators/acquirer/options.ts';
import type { KnownAnswer } from '../../native-bridge/contract/probe.ts';
import {
  askStatus,
  probeHost,
  type ProbeOptions,
  type StatusOptions,
} from '../../native-bridge/probes/index.ts';

export const merchantNumber = '898310048160001';
const neverCancelled = new AbortController().signal;

export class AcquirerHere {
  readonly ready: Ready;
  readonly #acquirer: Acquirer;

  constructor(acquirer: Acquirer, ready: Ready) {
    this.#acquirer = acquirer;
    this.ready = ready;
  }

  get hostPort(): number {
    return Number(new URL(this.ready.hostUrl).port);
  }

  /** What tells of a sign-in page. */
  get known(): KnownAnswer {
    return { url: this.ready.knownUrl, status: 200, contains: 'known answer' };
  }

  /** The payment host as it should be, with nothing else asked. */
  probe(options: ProbeOptions = {}, signal = neverCancelled) {
    const expected = { status: 200, contains: 'pos-bench-training-host/1' };
    const target = { host: '127.0.0.1', port: this.hostPort, secure: true, expected };
    const short = { stepTimeoutMs: 10_000, sampling: { count: 0 }, known: [] };
    return probeHost(target, { ca: this.ready.caPem, ...short, ...options }, signal);
  }

  status(options: StatusOptions = {}, signal = neverCancelled) {
    const how = { ca: this.ready.caPem, timeoutMs: 10_000, ...options };
    return askStatus(this.ready.statusUrl, merchantNumber, how, signal);
  }

  control(message: object) {
    return answerControl(this.#acquirer, message);
  }

  stats(service: string): ServiceStats {
    const stats = this.#acquirer.stats()[service];
    if (stats === undefined) throw new Error(`no service ${service}`);
    return stats;
  }
}

export async function acquirerHere(
  faults: readonly string[] = [],
  ...args: readonly string[]
): Promise<AcquirerHere> {
  const acquirer = new Acquirer(parseOptions([...args, '--faults', faults.join(',')]));
  onTestFinished(() => acquirer.stop());
  return new AcquirerHere(acquirer, await acquirer.start());
}
