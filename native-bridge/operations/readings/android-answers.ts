/** What an Android terminal's answer to a command says of the reading or setting that it was asked for. */
import { BridgeFault } from '../../contract/bridge-fault.ts';
import {
  androidDumps,
  type AndroidDump,
  meantSetting,
  parseContentRow,
  parseGetprop,
  parseSettingsList,
  type ScriptSection,
} from '../../protocols/android/index.ts';
import { sentence } from '../../wording/index.ts';
import { plainText } from '../plain-text.ts';
import { wifiSwitchIn } from '../setting-places/android-wifi.ts';
import type { Asked, Stored } from './android-commands.ts';
import { matched, sourceText, Unreadable, type Raw } from './raw.ts';

export interface Answer {
  readonly section: ScriptSection;
  readonly atUtc: string;
}

const dumps: Readonly<Record<string, AndroidDump>> = androidDumps;
/** What stands around a value in a long dump is its evidence. */
const linesAround = 3;

/**
 * `answers`: one for each command of the source (android-commands.ts).
 * Throws Unreadable: `command-refused`, `command-unsupported`, `reply-malformed`.
 */
export function rawOf(source: Asked, answers: readonly Answer[]): Raw {
  const [first] = answers;
  if (!first) throw unread(source);
  try {
    return read(source, answers, first);
  } catch (error) {
    if (!(error instanceof BridgeFault)) throw error;
    throw new Unreadable(error, { reply: saidIn(first), atUtc: first.atUtc });
  }
}

function read(source: Asked, answers: readonly Answer[], first: Answer): Raw {
  switch (source.from) {
    case 'android-dump': {
      const dumped = parsedDump(source, textOf(first, source));
      return { ...field(source, dumped.get(source.field), first), ...caveatOf(dumped) };
    }
    case 'android-package':
      return packageField(source, answers, first);
    case 'android-property':
      return property(source, first);
    case 'android-shell':
      return matched(source.pattern, { value: textOf(first, source), atUtc: first.atUtc }, source);
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

/** `dumpsys` and `content` end well though they were refused or found no service: it is all they say. */
const denied =
  /^\s*(?:Permission Denial|Security exception|java\.lang\.SecurityException|Error while accessing)/i;
const noService = /^\s*Can't find service/i;

function saidIn({ section: { stdout, stderr } }: Pick<Answer, 'section'>): string {
  return stdout.trim() === '' ? stderr : stdout;
}

/** What it printed. Throws `command-refused`, `command-unsupported` where that is nothing but an error. */
export function textOf({ section }: Answer, source: Asked): string {
  const said = saidIn({ section });
  if (noService.test(said)) {
    throw new BridgeFault('command-unsupported', { command: sourceText(source) });
  }
  const isError = section.exitCode !== 0 && section.stdout.trim() === '';
  if (!isError && !denied.test(said)) return section.stdout;
  const meaning = plainText(said.trim().split('\n')[0]?.slice(0, 200) ?? '');
  const facts = { command: sourceText(source), rc: section.exitCode ?? -1, meaning };
  throw new BridgeFault('command-refused', facts);
}

export function unread(source: Asked): BridgeFault {
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

/** Of the first package that is installed; of the first one where none of them is. */
function packageField(
  source: Extract<Asked, { from: 'android-package' }>,
  answers: readonly Answer[],
  first: Answer,
): Raw {
  const fieldsOf = (answer: Answer) => parsedDump({ dump: 'package' }, textOf(answer, source));
  for (const answer of answers) {
    const fields = fieldsOf(answer);
    if (fields.get('installed') !== 'false') return field(source, fields.get(source.field), answer);
  }
  return field(source, fieldsOf(first).get(source.field), first);
}

/** The first of the properties that is set; '': none of them is. */
function property(
  source: Extract<Asked, { from: 'android-property' }>,
  { section, atUtc }: Answer,
): Raw {
  const { names } = source;
  const all = parseGetprop(section.stdout);
  // Every terminal has some: none at all is another answer.
  if (all.size === 0) throw unread(source);
  const set = names.find((name) => (all.get(name) ?? '') !== '');
  if (set === undefined) {
    return { text: '', reply: names.map((name) => `[${name}]: []`).join('\n'), atUtc };
  }
  const text = all.get(set) ?? '';
  return { text, reply: `[${set}]: [${text}]`, atUtc };
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

/** null: the terminal has no such value. Throws `reply-malformed` where no value at all is told. */
export function storedText(source: Stored, output: string): string | null {
  const { from, key } = source;
  if (from === 'android-content') return parseContentRow(output, key);
  if (from === 'android-wifi') return wifiSwitchIn(output);
  const isProperty = from === 'android-time-zone';
  const all = isProperty ? parseGetprop(output) : parseSettingsList(output);
  if (all.size === 0) throw unread(source);
  if (isProperty) return all.get(key) ?? null;
  return meantSetting(key, all.get(key.slice(key.indexOf('/') + 1)) ?? null);
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
