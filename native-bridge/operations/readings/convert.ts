/** From a reading's text to its typed value, as the profile says. */
import { BridgeFault } from '../../contract/bridge-fault.ts';
import type { ReadingValue } from '../../contract/reading.ts';
import type { ReadingSource } from '../../terminals/profile-source.ts';

const truths = new Map([
  ['true', true],
  ['yes', true],
  ['on', true],
  ['1', true],
  ['false', false],
  ['no', false],
  ['off', false],
  ['0', false],
]);

/**
 * null: the terminal says that it has none just now. Throws `reply-malformed {expected, found}`:
 * what can't be understood is unknown, never a guess.
 */
export function convert(text: string, source: ReadingSource): ReadingValue | null {
  const trimmed = text.trim();
  if (source.none.includes(trimmed)) return null;
  const mapped = source.map.get(trimmed) ?? trimmed;
  switch (source.type) {
    case 'text':
      return mapped;
    case 'boolean': {
      const value = truths.get(mapped.toLowerCase());
      if (value === undefined) throw malformed(source.type, mapped);
      return value;
    }
    case 'integer':
    case 'decimal': {
      if (!/^[+-]?\d{1,15}(\.\d{1,9})?$/.test(mapped)) throw malformed(source.type, mapped);
      const value = Number(mapped) * source.scale + source.offset;
      return source.type === 'integer' ? Math.round(value) : Number(value.toFixed(6));
    }
  }
}

function malformed(expected: string, found: string): BridgeFault {
  return new BridgeFault('reply-malformed', { expected, found: found.slice(0, 80) });
}
