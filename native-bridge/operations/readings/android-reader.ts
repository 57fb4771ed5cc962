/**
 * Asks an Android terminal for the text behind readings. Starting a program takes Android tens of
 * milliseconds and a round trip over a network more, so everything that is known to be wanted is
 * asked in one script over one shell session (protocols/android/script.ts), each command once; in
 * several where it is too long for the terminal, one after the other. Where one is cut off, the sections that had come whole are answers all the same.
 */
import { randomBytes } from 'node:crypto';
import { BridgeFault } from '../../contract/bridge-fault.ts';
import {
  composeScript,
  inScripts,
  splitScriptOutput,
  type ScriptCommand,
  type ScriptSection,
} from '../../protocols/android/index.ts';
import type { AdbSession } from '../../sessions/adb/adb-session.ts';
import { ShellCutOff } from '../../sessions/adb/session-error.ts';
import type { SettingSource, Source } from '../../terminals/profile-source.ts';
import { encoded, type Value } from '../setting-value.ts';
import { rawOf, storedText, textOf, unread, type Answer } from './android-answers.ts';
import { clockLast, commandsOf, isAndroid, type Asked, type Command } from './android-commands.ts';
import type { Raw, SourceReader } from './raw.ts';

const commandTimeoutSeconds = 8;
/** Of a whole script: a slow terminal takes seconds for each of its dumps. */
const scriptTimeoutMs = 40_000;
const maxOutputBytes = 16 * 1024 * 1024;

interface Answers {
  readonly sections: readonly ScriptSection[];
  /** Why those are missing that are. */
  readonly cutOff: ShellCutOff | null;
  readonly atUtc: string;
}

export class AndroidReader implements SourceReader {
  readonly #session: AdbSession;
  readonly #signal: AbortSignal;
  readonly #untilMs: number;
  readonly #expected = new Map<string, Command>();
  readonly #answers = new Map<string, Promise<Answer>>();

  /** `untilMs`: when the last answer must be there, on the clock of `performance.now()`. */
  constructor(session: AdbSession, signal: AbortSignal, untilMs = Infinity) {
    this.#session = session;
    this.#signal = signal;
    this.#untilMs = untilMs;
  }

  expect(sources: readonly Source[]): void {
    for (const source of sources) {
      if (!isAndroid(source)) continue;
      for (const command of commandsOf(source)) {
        const key = command.join('\0');
        if (!this.#answers.has(key)) this.#expected.set(key, command);
      }
    }
  }

  async fetch(source: Source): Promise<Raw> {
    if (!isAndroid(source)) throw new BridgeFault('door-unfit', { door: 'ADB', needs: 'SMP' });
    return rawOf(source, await this.#answersOf(source));
  }

  async settingValue(source: SettingSource): Promise<Value> {
    if (!isAndroid(source)) throw new BridgeFault('door-unfit', { door: 'ADB', needs: 'SMP' });
    const [answer] = await this.#answersOf(source);
    if (!answer) throw unread(source);
    return encoded(storedText(source, textOf(answer, source)));
  }

  async #answersOf(source: Asked): Promise<Answer[]> {
    this.expect([source]);
    if (this.#expected.size > 0) this.#askAll();
    const keys = commandsOf(source).map((command) => command.join('\0'));
    return await Promise.all(keys.flatMap((key) => this.#answers.get(key) ?? []));
  }

  #askAll(): void {
    const commands = [...this.#expected.values()].toSorted(clockLast);
    this.#expected.clear();
    const timeoutSeconds = commandTimeoutSeconds;
    const asked = commands.map((command) => ({ command, timeoutSeconds }));
    let before: Promise<unknown> = Promise.resolve();
    for (const some of inScripts(asked, this.#session.maxScriptBytes)) {
      const script = before.then(() => this.#run(some));
      // One that is cut off costs its own answers only.
      before = script.catch(() => undefined);
      for (const [index, { command }] of some.entries()) {
        const answer = script.then((all) => answerAt(all, index, command));
        // Whoever wants it is told; nobody may.
        answer.catch(() => undefined);
        this.#answers.set(command.join('\0'), answer);
      }
    }
  }

  async #run(asked: readonly ScriptCommand[]): Promise<Answers> {
    const marker = randomBytes(16).toString('hex');
    const { came, cutOff } = await this.#said(composeScript(asked, marker));
    const streams = { stdout: came.output, stderr: came.errorOutput };
    const sections = splitScriptOutput(streams, marker, asked.length);
    return { sections, cutOff, atUtc: new Date().toISOString() };
  }

  async #said(script: string) {
    const leftMs = Math.max(1, this.#untilMs - performance.now());
    const timeoutMs = Math.min(scriptTimeoutMs, leftMs);
    const wait = { timeoutMs, signal: this.#signal, maxOutputBytes };
    try {
      return { came: await this.#session.shell(script, wait), cutOff: null };
    } catch (error) {
      if (!(error instanceof ShellCutOff)) throw error;
      return { came: error.partial, cutOff: error };
    }
  }
}

function answerAt({ sections, cutOff, atUtc }: Answers, index: number, command: Command): Answer {
  const section = sections[index];
  const name = command.join(' ');
  if (section?.answered !== true && cutOff !== null) throw cutOff;
  if (!section?.answered || section.timedOut) {
    const facts = { command: name, timeoutMs: commandTimeoutSeconds * 1_000 };
    throw new BridgeFault('reply-timeout', facts);
  }
  if (section.exitCode === 127) throw new BridgeFault('command-unsupported', { command: name });
  return { section, atUtc };
}
