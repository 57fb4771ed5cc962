/** What a reading is taken from: the text that came back, whatever the door. */
import { BridgeFault } from '../../contract/bridge-fault.ts';
import type { Sentence } from '../../contract/common.ts';
import { androidDumps, type AndroidDump } from '../../protocols/android/index.ts';
import type { LinearPattern } from '../../terminals/linear-pattern.ts';
import type { SettingSource, Source } from '../../terminals/profile-source.ts';
import type { Value } from '../setting-value.ts';

/** What came back: the value's own text, and the whole reply as evidence. */
export interface Raw {
  readonly text: string;
  readonly reply: string;
  /** This computer's time when the reply came: with it a terminal's clock is compared. */
  readonly atUtc: string;
  /** Why the value is to be taken with care, where the reply itself says so. */
  readonly caveat?: Sentence;
}

/** The value is not in the reply, or the reply is a refusal: it is the evidence all the same. */
export class Unreadable extends BridgeFault {
  readonly answered: Pick<Raw, 'reply' | 'atUtc'>;

  constructor({ fault, cause }: BridgeFault, answered: Pick<Raw, 'reply' | 'atUtc'>) {
    super(fault.code, fault.facts, cause === undefined ? {} : { cause });
    this.answered = answered;
  }
}

/** Asks for one batch: what several readings come from is asked once. */
export interface SourceReader {
  /** Said before the first question, so that one exchange can bring the answers to all of them. */
  expect(sources: readonly Source[]): void;
  /** Throws what the session throws; Unreadable where the value is not in the reply. */
  fetch(source: Source): Promise<Raw>;
  /** A setting's value; null where the terminal says that it has none. Throws as `fetch`. */
  settingValue(source: SettingSource): Promise<Value>;
}

/** A reply, and when it came; several readings may be in it. */
export interface Answered<T> {
  readonly value: T;
  readonly atUtc: string;
}

const dumps: Readonly<Record<string, AndroidDump>> = androidDumps;

/** The command as a technician would type it. */
export function sourceText(source: Source): string {
  switch (source.from) {
    case 'smp-info':
      return `SMP os info ${source.format}`;
    case 'smp-image':
      return 'SMP image state';
    case 'smp-bootloader':
      return 'SMP os bootloader-info';
    case 'smp-statistics':
      return `SMP stat ${source.group}`;
    case 'smp-settings':
      return `SMP settings read ${source.key}`;
    case 'smp-shell':
      return source.argv.join(' ');
    case 'smp-datetime':
      return 'SMP os datetime';
    case 'android-dump':
      return (dumps[source.dump]?.command ?? [source.dump]).join(' ');
    case 'android-package':
      return `dumpsys package ${source.packages.join(' | ')}`;
    case 'android-property':
      return `getprop ${source.names.join(' | ')}`;
    case 'android-settings':
      return `settings get ${source.key.replace('/', ' ')}`;
    case 'android-time-zone':
      return `getprop ${source.key}`;
    case 'android-wifi':
      return androidDumps.wifi.command.join(' ');
    case 'android-content':
      return `content query ${source.key}`;
    case 'android-shell':
      return source.argv.join(' ');
    case 'android-file':
      return `cat ${source.path}`;
    case 'android-broadcast':
      return `am broadcast -a ${source.action}`;
  }
}

export function whole({ value, atUtc }: Answered<string>): Raw {
  return { text: value, reply: value, atUtc };
}

export function matched(
  pattern: LinearPattern,
  { value: reply, atUtc }: Answered<string>,
  source: Source,
): Raw {
  const text = pattern.firstGroup(reply);
  if (text !== null) return { text, reply, atUtc };
  const why = new BridgeFault('reply-malformed', { command: sourceText(source) });
  throw new Unreadable(why, { reply, atUtc });
}
