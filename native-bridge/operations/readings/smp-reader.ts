/**
 * Asks the terminal over SMP for the text behind readings. One reader serves one batch: what several
 * readings come from (a statistics group, the image list, one shell command) is asked once.
 */
import { bootloaderInfo, dateTimeGet, osInfo } from '../../protocols/smp/os/index.ts';
import { imageStateRead } from '../../protocols/smp/image/index.ts';
import { settingRead } from '../../protocols/smp/settings/index.ts';
import { shellExecute } from '../../protocols/smp/shell/index.ts';
import { statisticsGroup } from '../../protocols/smp/statistics/index.ts';
import { runningSlot, toHex } from '../firmware-state.ts';
import { textOf, type Value } from '../setting-value.ts';
import { valueOr } from '../setting-places/smp-settings.ts';
import { BridgeFault } from '../../contract/bridge-fault.ts';
import type { SmpSession } from '../../sessions/smp/smp-session.ts';
import type { SettingSource, Source } from '../../terminals/profile-source.ts';
import { matched, whole, type Answered, type Raw, type SourceReader } from './raw.ts';

const shellTimeoutMs = 8_000;
const requestTimeoutMs = 3_000;

export class SmpReader implements SourceReader {
  readonly #session: SmpSession;
  readonly #signal: AbortSignal;
  readonly #untilMs: number;
  readonly #asked = new Map<string, Promise<Answered<unknown>>>();

  /** `untilMs`: when the last answer must be there, on the clock of `performance.now()`. */
  constructor(session: SmpSession, signal: AbortSignal, untilMs = Infinity) {
    this.#session = session;
    this.#signal = signal;
    this.#untilMs = untilMs;
  }

  /** Every question has an answer of its own here: nothing is gained by knowing them before. */
  expect(): void {
    // Asked as they come.
  }

  async fetch(source: Source): Promise<Raw> {
    switch (source.from) {
      case 'smp-info':
        return await this.#info(source);
      case 'smp-image':
        return await this.#image(source.field);
      case 'smp-bootloader':
        return await this.#bootloader(source.field);
      case 'smp-statistics':
        return await this.#statistics(source.group, source.field);
      case 'smp-settings':
        return whole(await this.#setting(source.key));
      case 'smp-shell':
        return matched(source.pattern, await this.#shell(source.argv), source);
      case 'smp-datetime':
        return whole(await this.#once('datetime', () => this.#dateTime()));
      default:
        throw new BridgeFault('door-unfit', { door: 'SMP', needs: 'ADB' });
    }
  }

  async settingValue({ from, key }: SettingSource): Promise<Value> {
    if (from !== 'smp-settings') throw new BridgeFault('door-unfit', { door: 'SMP', needs: 'ADB' });
    return await valueOr(async () => (await this.#settingBytes(key)).value);
  }

  #once<T>(key: string, ask: () => Promise<T>): Promise<Answered<T>> {
    const known = this.#asked.get(key) as Promise<Answered<T>> | undefined;
    if (known) return known;
    const asked = ask().then((value) => ({ value, atUtc: new Date().toISOString() }));
    this.#asked.set(key, asked);
    return asked;
  }

  #wait(timeoutMs = requestTimeoutMs) {
    const leftMs = Math.max(1, this.#untilMs - performance.now());
    return { timeoutMs: Math.min(timeoutMs, leftMs), signal: this.#signal };
  }

  async #info(source: Extract<Source, { from: 'smp-info' }>): Promise<Raw> {
    const { format, pattern } = source;
    const answered = await this.#once(`info ${format}`, async () => {
      const reply = await this.#session.request(osInfo, { format }, this.#wait());
      return reply.output;
    });
    return pattern ? matched(pattern, answered, source) : whole(answered);
  }

  async #image(field: Extract<Source, { from: 'smp-image' }>['field']): Promise<Raw> {
    const { value: state, atUtc } = await this.#once('image', () =>
      this.#session.request(imageStateRead, undefined, this.#wait()),
    );
    const running = runningSlot(state);
    if (!running) throw new BridgeFault('reply-malformed', { command: 'SMP image state' });
    const reply = state.slots
      .map((s) => `slot ${s.slot}: ${s.version} ${flagsOf(s)} hash=${s.hash ? toHex(s.hash) : ''}`)
      .join('\n');
    const values = {
      version: running.version,
      hash: running.hash ? toHex(running.hash) : '',
      confirmed: String(running.confirmed),
      pending: String(state.slots.some((s) => s.pending)),
    };
    return { text: values[field], reply, atUtc };
  }

  async #bootloader(field: 'bootloader' | 'mode'): Promise<Raw> {
    const query = field === 'mode' ? 'mode' : null;
    const { value: answer, atUtc } = await this.#once(`bootloader ${field}`, () =>
      this.#session.request(bootloaderInfo, { query }, this.#wait()),
    );
    const value = field === 'mode' ? String(answer.mode ?? '') : (answer.bootloader ?? '');
    return whole({ value, atUtc });
  }

  async #statistics(group: string, field: string): Promise<Raw> {
    const { value: data, atUtc } = await this.#once(`stat ${group}`, () =>
      this.#session.request(statisticsGroup, { name: group }, this.#wait()),
    );
    const reply = [...data.fields].map(([name, value]) => `${name}=${value}`).join(' ');
    const value = data.fields.get(field);
    if (value === undefined) {
      throw new BridgeFault('reply-malformed', { command: `SMP stat ${group}`, expected: field });
    }
    return { text: String(value), reply, atUtc };
  }

  async #setting(key: string): Promise<Answered<string>> {
    const { value, atUtc } = await this.#settingBytes(key);
    const text = textOf(value);
    if (text !== null) return { value: text, atUtc };
    const facts = { command: `SMP settings read ${key}`, expected: 'UTF-8' };
    throw new BridgeFault('reply-malformed', facts);
  }

  #settingBytes(key: string): Promise<Answered<Uint8Array>> {
    return this.#once(`setting ${key}`, async () => {
      const { value } = await this.#session.request(settingRead, { key }, this.#wait());
      return value;
    });
  }

  #shell(argv: readonly string[]): Promise<Answered<string>> {
    return this.#once(`shell ${argv.join('\0')}`, async () => {
      const asked = { argv: [...argv] };
      return (await this.#session.request(shellExecute, asked, this.#wait(shellTimeoutMs))).output;
    });
  }

  async #dateTime(): Promise<string> {
    const reply = await this.#session.request(dateTimeGet, undefined, this.#wait());
    return reply.dateTime;
  }
}

function flagsOf(slot: { active: boolean; confirmed: boolean; pending: boolean }): string {
  const names = ['active', 'confirmed', 'pending'] as const;
  return names.filter((name) => slot[name]).join(',');
}
