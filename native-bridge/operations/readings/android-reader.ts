/**
 * Asks an Android terminal for the text behind readings. Starting a program takes Android tens of
 * milliseconds and a round trip over a network more, so everything that is known to be wanted is
 * asked in one script over one shell session (protocols/android/script.ts), each command once. Where
 * it is cut off, the sections that had come whole are answers all the same.
 */
import { randomBytes } from 'node:crypto';
import { BridgeFault } from '../../contract/bridge-fault.ts';
import {
  androidDumps,
  type AndroidDump,
  composeScript,
  meantSetting,
  parseContentRow,
  parseGetprop,
  parseSettingsList,
  splitScriptOutput,
  type ScriptSection,
} from '../../protocols/android/index.ts';
import type { AdbSession } from '../../sessions/adb/adb-session.ts';
import { ShellCutOff } from '../../sessions/adb/session-error.ts';
import type { SettingSource, Source } from '../../terminals/profile-source.ts';
import { sentence } from '../../wording/index.ts';
import { plainText } from '../plain-text.ts';
import { wifiSwitchIn } from '../setting-places/android-wifi.ts';
import { encoded, type Value } from '../setting-value.ts';
import {
  clockLast,
  commandsOf,
  isAndroid,
  type Asked,
  type Command,
  type Stored,
} from './android-commands.ts';
import { matched, sourceText, type Raw, type SourceReader } from './raw.ts';

const commandTimeoutSeconds = 8;
/** Of a whole script: a slow terminal takes seconds for each of its dumps. */
const scriptTimeoutMs = 40_000;
const maxOutputBytes = 16 * 1024 * 1024;
/** What stands around a value in a long dump is its evidence. */
const linesAround = 3;

interface Answers {
  readonly sections: readonly ScriptSection[];
  /** Why those are missing that are. */
  readonly cutOff: ShellCutOff | null;
  readonly atUtc: string;
}

interface Answer {
  readonly section: ScriptSection;
  readonly atUtc: string;
}

const dumps: Readonly<Record<string, AndroidDump>> = androidDumps;

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
    const answers = await this.#answersOf(source);
    const [first] = answers;
    if (!first) throw unread(source);
    switch (source.from) {
      case 'android-dump': {
        const dumped = parsedDump(source, textOf(first, source));
        return { ...field(source, dumped.get(source.field), first), ...caveatOf(dumped) };
      }
      case 'android-package':
        return packageField(source, answers);
      case 'android-property':
        return property(source, first);
      case 'android-shell':
        return matched(
          source.pattern,
          { value: textOf(first, source), atUtc: first.atUtc },
          source,
        );
      case 'android-file':
      case 'android-broadcast':
        return wholeOrMatched(source, first);
      case 'android-settings':
      case 'android-content':
      case 'android-time-zone':
      case 'android-wifi':
        return settingText(source, first);
    }
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
    const script = this.#run(commands);
    for (const [index, command] of commands.entries()) {
      const answer = script.then((all) => answerAt(all, index, command));
      // Whoever wants it is told; nobody may.
      answer.catch(() => undefined);
      this.#answers.set(command.join('\0'), answer);
    }
  }

  async #run(commands: readonly Command[]): Promise<Answers> {
    const marker = randomBytes(16).toString('hex');
    const asked = commands.map((command) => ({ command, timeoutSeconds: commandTimeoutSeconds }));
    const { came, cutOff } = await this.#said(composeScript(asked, marker));
    const streams = { stdout: came.output, stderr: came.errorOutput };
    const sections = splitScriptOutput(streams, marker, commands.length);
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

/** `dumpsys` and `content` end well though they were refused or found no service: it is all they say. */
const denied =
  /^\s*(?:Permission Denial|Security exception|java\.lang\.SecurityException|Error while accessing)/i;
const noService = /^\s*Can't find service/i;

/** What it printed. Throws `command-refused`, `command-unsupported` where that is nothing but an error. */
function textOf({ section }: Answer, source: Asked): string {
  const said = section.stdout.trim() === '' ? section.stderr : section.stdout;
  if (noService.test(said)) {
    throw new BridgeFault('command-unsupported', { command: sourceText(source) });
  }
  const isError = section.exitCode !== 0 && section.stdout.trim() === '';
  if (!isError && !denied.test(said)) return section.stdout;
  const meaning = plainText(said.trim().split('\n')[0]?.slice(0, 200) ?? '');
  const facts = { command: sourceText(source), rc: section.exitCode ?? -1, meaning };
  throw new BridgeFault('command-refused', facts);
}

function unread(source: Asked): BridgeFault {
  return new BridgeFault('reply-malformed', { command: sourceText(source) });
}

type Dumped = ReadonlyMap<string, string | null>;

function parsedDump({ dump }: { readonly dump: string }, text: string): Dumped {
  return dumps[dump]?.parse(text) ?? new Map<string, string | null>();
}

/** `dumpsys battery` says so where somebody has set its values. */
function caveatOf(dumped: Dumped): Pick<Raw, 'caveat'> {
  const isFaked = dumped.get('updatesStopped') === 'true';
  return isFaked ? { caveat: sentence('caveat_battery_faked', {}) } : {};
}

function field(
  source: Extract<Asked, { field: string }>,
  value: string | null | undefined,
  { section, atUtc }: Answer,
): Raw {
  if (value === null || value === undefined) {
    const facts = { command: sourceText(source), expected: source.field };
    throw new BridgeFault('reply-malformed', facts);
  }
  return { text: value, reply: linesWith(section.stdout, value), atUtc };
}

/** The first package that is installed; '': none of them is. */
function packageField(
  source: Extract<Asked, { from: 'android-package' }>,
  answers: readonly Answer[],
): Raw {
  for (const answer of answers) {
    const fields = parsedDump({ dump: 'package' }, textOf(answer, source));
    const value = fields.get(source.field);
    if (value !== '') return field(source, value, answer);
  }
  const [first] = answers;
  if (!first) throw unread(source);
  return { text: '', reply: first.section.stdout, atUtc: first.atUtc };
}

/** The first of the properties that is set; '': none of them is. */
function property(
  { names }: Extract<Asked, { from: 'android-property' }>,
  { section, atUtc }: Answer,
): Raw {
  const all = parseGetprop(section.stdout);
  for (const name of names) {
    const value = all.get(name);
    if (value !== undefined && value !== '') {
      return { text: value, reply: `[${name}]: [${value}]`, atUtc };
    }
  }
  return { text: '', reply: names.map((name) => `[${name}]: []`).join('\n'), atUtc };
}

function wholeOrMatched(
  source: Extract<Asked, { from: 'android-file' | 'android-broadcast' }>,
  answer: Answer,
): Raw {
  const reply = textOf(answer, source);
  const { atUtc } = answer;
  if (source.pattern) return matched(source.pattern, { value: reply, atUtc }, source);
  return { text: reply, reply, atUtc };
}

function settingText(source: Stored, answer: Answer): Raw {
  const text = storedText(source, textOf(answer, source));
  const { atUtc } = answer;
  return { text: text ?? '', reply: `${source.key}=${text ?? ''}`, atUtc };
}

/** null: the terminal has no such value. */
function storedText({ from, key }: SettingSource, output: string): string | null {
  if (from === 'android-content') return parseContentRow(output, key);
  if (from === 'android-time-zone') return parseGetprop(output).get(key) ?? null;
  if (from === 'android-wifi') return wifiSwitchIn(output);
  const row = parseSettingsList(output).get(key.slice(key.indexOf('/') + 1)) ?? null;
  return meantSetting(key, row);
}

/** Of a long dump the first lines that say the value, with their neighbours. */
function linesWith(text: string, value: string): string {
  if (text.length <= 2_048 || value === '') return text;
  const lines = text.split('\n');
  const at = lines.findIndex((line) => line.includes(value));
  return at < 0
    ? text
    : lines.slice(Math.max(0, at - linesAround), at + linesAround + 1).join('\n');
}
