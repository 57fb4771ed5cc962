/**
 * What every command gets: its language, where it prints, the signal of Ctrl-C, and the bridge,
 * opened when first needed. With `--json` everything said on the way is silent; the command's
 * result is the one thing on stdout.
 */
import type { Bridge } from '../native-bridge/bridge.ts';
import type { Locale, Sentence } from '../native-bridge/contract/common.ts';
import type { FlashResult } from '../native-bridge/contract/firmware.ts';
import type { Unfinished } from '../native-bridge/contract/terminal.ts';
import { say, words, type FactsOf, type MessageKey } from '../native-bridge/wording/index.ts';
import type { ExitCode } from './exit-codes.ts';
import { Interrupt } from './interrupt.ts';
import { KeepAwake } from './keep-awake.ts';
import { progressLine, silentProgress, type ProgressLine } from './output/progress-line.ts';
import { makeStyle, wantsColours, type Style } from './output/style.ts';
import { columnsOf } from './output/width.ts';
import type { GlobalOptions } from './arguments/global-options.ts';

/** What a command came to: the exit code, and the object that `--json` prints as `result`. */
export interface Outcome {
  readonly exit: ExitCode;
  readonly result: unknown;
}

export class Shell {
  readonly locale: Locale;
  readonly options: GlobalOptions;
  readonly style: Style;
  readonly errStyle: Style;
  readonly columns: number;
  readonly progress: ProgressLine;
  readonly interrupt = new Interrupt();
  /** What became of a correction that was cut off on the terminal of this run. */
  unfinished: Unfinished | null = null;
  /** What became of a flash of that terminal which was left open. */
  settledFlash: FlashResult | null = null;
  #bridge: Promise<Bridge> | null = null;
  #published = false;
  #dataFolder: string | null;

  constructor(locale: Locale, options: GlobalOptions) {
    this.locale = locale;
    this.options = options;
    this.#dataFolder = options.data;
    this.style = makeStyle(wantsColours(process.stdout, process.env));
    this.errStyle = makeStyle(wantsColours(process.stderr, process.env));
    this.columns = columnsOf(process.stdout, process.env);
    this.progress = options.json ? silentProgress : progressLine(process.stderr);
  }

  get json(): boolean {
    return this.options.json;
  }

  get signal(): AbortSignal {
    return this.interrupt.signal;
  }

  words<Key extends MessageKey>(key: Key, facts: FactsOf<Key>): string {
    return words(key, facts, this.locale);
  }

  say(sentence: Sentence): string {
    return say(sentence, this.locale);
  }

  /** A part of the answer, on stdout. */
  print(text = ''): void {
    if (this.json) return;
    this.progress.clear();
    process.stdout.write(`${text}\n`);
  }

  /** Something said on the way, on stderr. */
  note(text: string): void {
    if (this.json) return;
    this.progress.clear();
    process.stderr.write(`${text}\n`);
  }

  /** The one document of `--json`; a command that runs until Ctrl-C gives it before it waits. */
  publish(document: object): void {
    if (!this.json || this.#published) return;
    this.#published = true;
    process.stdout.write(`${JSON.stringify(document, null, 2)}\n`);
  }

  bridge(): Promise<Bridge> {
    this.#bridge ??= this.#open();
    return this.#bridge;
  }

  /** Loaded only now: help and mistakes should not wait for drivers. */
  async #open(): Promise<Bridge> {
    const { createBridge, usualDataFolder } = await import('../native-bridge/bridge.ts');
    const bridge = await createBridge({
      dataFolder: this.#dataFolder ?? usualDataFolder(),
      program: 'cli',
      logFile: this.options.log,
      recordTo: this.options.record,
    });
    const awake = new KeepAwake((tool) => this.note(this.words('cli_not_kept_awake', { tool })));
    bridge.watchChanging((changing) => awake.set(changing));
    return bridge;
  }

  /** Before the bridge is opened: where it keeps its records, unless `--data` said so already. */
  keepRecordsIn(folder: string): void {
    this.#dataFolder ??= folder;
  }

  async close(): Promise<void> {
    this.progress.clear();
    this.interrupt.end();
    const bridge = await this.#bridge?.catch(() => null);
    await bridge?.close();
  }
}
