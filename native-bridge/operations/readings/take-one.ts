/** One reading, taken once: asked, understood, and made fit to be shown. */
import { BridgeFault, faultOf } from '../../contract/bridge-fault.ts';
import type { Fault } from '../../contract/fault.ts';
import type { Reading, ReadingName, ReadingValue } from '../../contract/reading.ts';
import type { ReadingSource } from '../../terminals/profile-source.ts';
import { sentence } from '../../wording/index.ts';
import { excerpt, plainText, visibleText } from '../plain-text.ts';
import { convert } from './convert.ts';
import { sourceText, Unreadable, type Raw, type SourceReader } from './raw.ts';

/**
 * Values whose long digits and hex are what they are for: masked, two terminals would be one, a
 * hash would be none and a code could not be checked. Their raw text is masked all the same.
 */
const exact: ReadonlySet<ReadingName> = new Set<ReadingName>([
  'identity.serialNumber',
  'identity.model',
  'identity.hardware',
  'firmware.version',
  'firmware.activeHash',
  'payment.merchantNumber',
  'payment.terminalNumber',
  'qr.payload',
]);

/** What asking once came to. `value` null without a failure: the terminal says it has none now. */
export interface Attempt {
  readonly value: ReadingValue | null;
  /** As it came: hostile. */
  readonly reply: string;
  /** When it came. */
  readonly atUtc: string;
  readonly failure: Fault | null;
  /** What the reply itself says against it. */
  readonly caveat: Reading['caveat'];
}

/** Throws only what ends all reading: a port that went, a cancel. */
export async function attempt(
  reader: SourceReader,
  how: ReadingSource,
  signal: AbortSignal,
): Promise<Attempt> {
  let came: Pick<Raw, 'reply' | 'atUtc' | 'caveat'> | null = null;
  try {
    const raw = await reader.fetch(how.source);
    came = raw;
    const { reply, atUtc, caveat = null } = raw;
    return { value: convert(raw.text, how), reply, atUtc, failure: null, caveat };
  } catch (error) {
    const failure = faultOf(error, signal.aborted);
    if (endsReading(failure)) throw error instanceof BridgeFault ? error : BridgeFault.of(failure);
    const answered = error instanceof Unreadable ? error.answered : came;
    const { reply, atUtc } = answered ?? { reply: '', atUtc: new Date().toISOString() };
    return { value: null, reply, atUtc, failure, caveat: null };
  }
}

/** Throws as `attempt`. */
export async function takeOne(
  reader: SourceReader,
  name: ReadingName,
  how: ReadingSource,
  signal: AbortSignal,
): Promise<Reading> {
  const { value, reply, atUtc, failure, caveat } = await attempt(reader, how, signal);
  const asText = exact.has(name) ? visibleText : plainText;
  return {
    name,
    value: typeof value === 'string' ? asText(value).slice(0, 512) : value,
    unit: how.unit,
    atUtc,
    source: sourceText(how.source),
    raw: excerpt(reply),
    failure,
    caveat: caveat ?? caveatOf(how),
  };
}

/** Where the place of this value is known from hearsay: what it says is compared with the screen. */
export function caveatOf({ fact }: ReadingSource): Reading['caveat'] {
  if (fact === null || fact.proven) return null;
  return sentence('caveat_unproven', { source: fact.source });
}

/** Nothing more can be read after this. */
export function endsReading(fault: Fault): boolean {
  return ['cancelled', 'port-vanished', 'port-failed', 'port-echoes'].includes(fault.code);
}
