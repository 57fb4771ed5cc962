/** Takes readings one after another: each a value with unit, time, source and raw text, or a reason. */
import { BridgeFault, faultOf } from '../../contract/bridge-fault.ts';
import type { Fault } from '../../contract/fault.ts';
import { readingNames, type Reading, type ReadingName } from '../../contract/reading.ts';
import type { SmpSession } from '../../sessions/smp/smp-session.ts';
import type { Profile, ReadingSource } from '../../terminals/profile.ts';
import { excerpt, plainText, visibleText } from '../plain-text.ts';
import { convert } from './convert.ts';
import { RawReader, sourceText } from './fetch-raw.ts';

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

/** The readings this model has, in the vocabulary's order. */
export function readingsOf(profile: Profile): ReadingName[] {
  return readingNames.filter((name) => profile.readings.has(name));
}

/**
 * Yields each reading as it comes. A value that can't be read is a reading with a failure; only a
 * port that went or a cancel ends the sequence with an error.
 */
export async function* takeReadings(
  session: SmpSession,
  profile: Profile,
  names: readonly ReadingName[],
  signal: AbortSignal,
): AsyncGenerator<Reading, void, void> {
  const reader = new RawReader(session, signal);
  for (const name of names) {
    const source = profile.readings.get(name);
    if (source) yield await takeOne(reader, name, source, signal);
  }
}

async function takeOne(
  reader: RawReader,
  name: ReadingName,
  how: ReadingSource,
  signal: AbortSignal,
): Promise<Reading> {
  const base = { name, unit: how.unit, source: sourceText(how.source), caveat: null };
  let reply = '';
  try {
    const raw = await reader.fetch(how.source);
    reply = raw.reply;
    const value = convert(raw.text, how);
    const asText = exact.has(name) ? visibleText : plainText;
    const shown = typeof value === 'string' ? asText(value).slice(0, 512) : value;
    return { ...base, value: shown, raw: excerpt(reply), failure: null, atUtc: now() };
  } catch (error) {
    const fault = faultOf(error, signal.aborted);
    if (endsReading(fault)) throw error instanceof BridgeFault ? error : BridgeFault.of(fault);
    return { ...base, value: null, raw: excerpt(reply), failure: fault, atUtc: now() };
  }
}

/** Nothing more can be read after this. */
export function endsReading(fault: Fault): boolean {
  return ['cancelled', 'port-vanished', 'port-failed', 'port-echoes'].includes(fault.code);
}

function now(): string {
  return new Date().toISOString();
}
