/** What may happen on a bench in any order, and what must hold whatever does. */
import fc from 'fast-check';
import { hashes, type Ended, type Stage } from './stage.ts';
import { isFlashed, liesIn } from './truth.ts';
import { told } from './matrix.ts';
import type { FlashResult } from '../../../native-bridge/contract/firmware.ts';

/** Of the device; each is taken back at the end. */
const lies = [
  'wrong-stored-hash-reported',
  'wrong-running-hash-reported',
  'wrong-version-reported',
  'upload-offset-beyond',
  'stores-wrong-byte',
  'confirm-ignored',
  'confirm-refused',
  'boots-old-image',
  'resets-on-trial',
  'dead-after-swap',
  'swap-slow',
  'settings-lost-some',
  'settings-lost-by-revert',
  'reply-lost',
  'reply-doubled',
] as const;

export type Event =
  | readonly ['flash' | 'cancel' | 'pull' | 'plug' | 'reset' | 'power off' | 'power on']
  | readonly ['kill' | 'start' | 'connect' | 'steal' | 'give back' | 'exchange']
  | readonly ['wait' | 'sleep' | 'power cut after', number]
  | readonly ['lie' | 'truth', string];

const plain = (name: Event[0]) => fc.constant([name] as unknown as Event);
const timed = (name: Event[0], ...values: number[]) =>
  fc.constantFrom(...values).map((value) => [name, value] as unknown as Event);
const fault = fc.constantFrom(...lies);

export const events: fc.Arbitrary<readonly Event[]> = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: plain('flash') },
    { weight: 14, arbitrary: timed('wait', 5, 40, 150, 400, 700, 1_200, 3_000, 9_000, 20_000) },
    { weight: 5, arbitrary: plain('connect') },
    { weight: 1, arbitrary: plain('cancel') },
    { weight: 2, arbitrary: plain('pull') },
    { weight: 5, arbitrary: plain('plug') },
    { weight: 2, arbitrary: plain('reset') },
    { weight: 1, arbitrary: plain('power off') },
    { weight: 4, arbitrary: plain('power on') },
    { weight: 1, arbitrary: timed('power cut after', 1, 3, 8, 20, 40) },
    { weight: 1, arbitrary: plain('kill') },
    { weight: 4, arbitrary: plain('start') },
    { weight: 1, arbitrary: plain('steal') },
    { weight: 4, arbitrary: plain('give back') },
    { weight: 1, arbitrary: plain('exchange') },
    { weight: 1, arbitrary: timed('sleep', 60_000, 900_000) },
    { weight: 2, arbitrary: fault.map((name): Event => ['lie', name]) },
    { weight: 2, arbitrary: fault.map((name): Event => ['truth', name]) },
  ),
  { minLength: 4, maxLength: 40 },
);

/** A flash waits for its terminal, twice, and for what it asks it; asleep nobody waits. */
const boundMs = 3 * 60_000;

export class Run {
  readonly #stage: Stage;
  readonly problems: string[] = [];
  readonly log: string[] = [];
  #stop = new AbortController();
  #flash: { readonly untilMs: number } | null = null;
  /** A lie was told while it ran: what it says of the terminal is what the terminal said. */
  #lied = false;
  readonly #lies = new Set<string>();

  constructor(stage: Stage) {
    this.#stage = stage;
  }

  async take(event: Event): Promise<void> {
    const [name, value] = event;
    const { box, bench, url } = this.#stage;
    this.log.push(event.join(' '));
    switch (name) {
      case 'flash': {
        this.#startFlash();
        return;
      }
      case 'cancel': {
        this.#stop.abort();
        return;
      }
      case 'connect': {
        await this.#connect();
        return;
      }
      case 'pull': {
        await box.pull();
        return;
      }
      case 'plug':
        await box.plug();
        return;
      case 'reset': {
        box.reset();
        return;
      }
      case 'power off': {
        box.powerOff();
        return;
      }
      case 'power on': {
        box.powerOn();
        return;
      }
      case 'power cut after': {
        box.cutPowerAfter(value, 1_500);
        return;
      }
      case 'kill':
        this.#flash = null;
        {
          this.#stage.kill();
          return;
        }
      case 'start':
        if (!this.#stage.program) await this.#stage.startProgram();
        return;
      case 'steal': {
        bench.occupy(url, true);
        return;
      }
      case 'give back': {
        bench.occupy(url, false);
        return;
      }
      case 'exchange': {
        this.#stage.exchange(true);
        return;
      }
      case 'wait':
        await bench.time.pass(value);
        {
          this.#notStuck();
          return;
        }
      case 'sleep':
        bench.time.sleep(value);
        if (this.#flash) this.#flash = { untilMs: this.#flash.untilMs + value };
        return;
      case 'lie':
        this.#lies.add(value);
        this.#lied ||= isReport(value);
        {
          box.setFault(value, true);
          return;
        }
      case 'truth':
        this.#lies.delete(value);
        {
          box.setFault(value, false);
          return;
        }
    }
  }

  /** All is put right; a last flash must end well, and the settings be as they were. */
  async end(): Promise<void> {
    const stage = this.#stage;
    await stage.bench.time.pass(1);
    for (let left = boundMs; this.#flash && left > 0; left -= 5_000) {
      await stage.bench.time.pass(5_000);
      this.#notStuck();
    }
    await stage.repair(lies);
    this.#lies.clear();
    this.#lied = false;
    await this.#connect();
    const last = await stage.flash();
    if (last.kind === 'result') this.#judge(last.result, 'last');
    const flashed = isFlashed(stage.truth, hashes);
    const said = last.kind === 'result' ? last.result.verdict === 'done' : flashed;
    if (!flashed || !said) this.#problem(`the last flash: ${told(last)}`);
    const { settingsBefore, truth } = stage;
    for (const key of ['pay/tid', 'qr/mode']) {
      if (truth.settings[key] !== settingsBefore[key]) this.#problem(`${key} is lost`);
    }
  }

  #startFlash(): void {
    const stage = this.#stage;
    if (this.#flash || !stage.program || stage.terminalId === '') return;
    this.#stop = new AbortController();
    const flash = { untilMs: stage.bench.time.nowMs + boundMs };
    this.#flash = flash;
    this.#lied = [...this.#lies].some(isReport);
    const ended = (result: Ended<FlashResult>) => {
      this.log.push(`  ${told(result)}`);
      if (result.kind === 'killed') return;
      this.#flash = null;
      if (result.kind === 'result') this.#judge(result.result, 'flash');
    };
    void stage.flashAside(this.#stop.signal).then(ended);
  }

  async #connect(): Promise<void> {
    const ended = await this.#stage.connect();
    if (ended.kind !== 'result') return void this.log.push(`  ${told(ended)}`);
    const settled = ended.result.settledFlash;
    if (!settled) return;
    this.log.push(`  settled ${settled.verdict}, ${settled.state.key}`);
    if (![...this.#lies].some(isReport)) this.#judge(settled, 'settled');
  }

  #judge(result: FlashResult, what: string): void {
    const found = liesIn(result, this.#stage.truthAbout(result.terminalId), hashes);
    const counted = this.#lied ? found.filter((lie) => /^(?:done|not-trading)/.test(lie)) : found;
    for (const lie of counted) this.#problem(`${what}: ${lie}`);
  }

  #notStuck(): void {
    const flash = this.#flash;
    if (flash && this.#stage.bench.time.nowMs > flash.untilMs) {
      this.#flash = null;
      this.#problem('stuck');
    }
  }

  #problem(what: string): void {
    this.problems.push(what);
    this.log.push(`  PROBLEM ${what}`);
  }
}

function isReport(name: string): boolean {
  return name.endsWith('-reported');
}
