/**
 * The readings as one check sees them. Every value that a check decides by goes through here, so
 * what it asked for and could not get is known: such a check can't pass.
 *
 * A reading is *absent* where the model has no source for it (null, and no harm), and *unread*
 * where it has one and no usable value came (null, and remembered). A value of the wrong type, or
 * one that can't be, is unread too.
 */
import type { Reading, ReadingName } from '../contract/reading.ts';
import type { CheckInput } from './input.ts';

/** What can be true of a terminal on a counter; outside it a sensor or a parser is wrong. */
const plausible: readonly (readonly [suffix: string, least: number, most: number])[] = [
  ['Percent', 0, 100],
  // Drivers give 0 where they do not know.
  ['rssiDbm', -120, -1],
  ['rsrpDbm', -150, -30],
  ['sinrDb', -40, 60],
  ['celsius', -40, 120],
  ['Ms', 0, 600_000],
  ['Seconds', 0, 4_000_000_000],
];

function isPlausible(name: ReadingName, value: number): boolean {
  if (!Number.isFinite(value)) return false;
  const range = plausible.find(([suffix]) => name.endsWith(suffix));
  return range === undefined || (value >= range[1] && value <= range[2]);
}

/** How devices write "none" where a value should be. */
const nothing = new Set(['', '-', '--', 'none', 'null']);
/** How they write that they can't tell: that is no value, and not "none" either. */
const untold = new Set(['n/a', 'unknown', '<unknown>', '<unknown ssid>']);

export class Seen {
  readonly #input: CheckInput;
  readonly #unread = new Set<ReadingName>();

  constructor(input: CheckInput) {
    this.#input = input;
  }

  /** Names that the check decided by and that could not be read. */
  get unread(): ReadingName[] {
    return [...this.#unread];
  }

  /** Whether the model has a source for it. */
  offered(name: ReadingName): boolean {
    return this.#input.model.readings.has(name) || this.#input.readings.has(name);
  }

  /** It was read, and this terminal has none of it. */
  isNone(name: ReadingName): boolean {
    const reading = this.#input.readings.get(name);
    return reading?.value === null && reading.failure === null;
  }

  flag(name: ReadingName): boolean | null {
    return this.#take(name, asFlag);
  }

  number(name: ReadingName): number | null {
    return this.#take(name, (value) =>
      typeof value === 'number' && isPlausible(name, value) ? value : undefined,
    );
  }

  /** The text; empty where the device says that there is none. */
  text(name: ReadingName): string | null {
    return this.#take(name, asText);
  }

  /** A date, or a time with its zone, as UTC; anything else is unread. */
  instant(name: ReadingName): string | null {
    return this.#take(name, (value) => (typeof value === 'string' ? asUtc(value) : undefined));
  }

  /** A text that is there, whatever it says: "none" is unread too. */
  named(name: ReadingName): string | null {
    return this.#take(name, (value) => asText(value) || undefined);
  }

  /** A flag or the words it comes with, as `network.link` has them. */
  flagOrText(name: ReadingName): boolean | string | null {
    return this.#take(name, (value) => asFlag(value) ?? asText(value));
  }

  /** For context only: not remembered as unread. */
  peek(name: ReadingName): Reading['value'] {
    return this.#input.readings.get(name)?.value ?? null;
  }

  #take<T>(name: ReadingName, as: (value: string | number | boolean) => T | undefined): T | null {
    const reading = this.#input.readings.get(name);
    // No value and no failure: the profile found that this device has none.
    if (!this.offered(name) || this.isNone(name)) return null;
    const value = reading === undefined || reading.value === null ? undefined : as(reading.value);
    if (value !== undefined) return value;
    this.#unread.add(name);
    return null;
  }
}

function asFlag(value: string | number | boolean): boolean | undefined {
  return typeof value === 'boolean' ? value : undefined;
}

function asText(value: string | number | boolean): string | undefined {
  if (typeof value === 'boolean') return undefined;
  const text = String(value).trim();
  if (untold.has(text.toLowerCase())) return undefined;
  return nothing.has(text.toLowerCase()) ? '' : text;
}

/** RFC 3339 with its zone; a date alone is its midnight. A time without a zone tells no instant. */
const instant = /^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d))?$/iu;

function asUtc(text: string): string | undefined {
  const trimmed = text.trim();
  const at = instant.test(trimmed) ? Date.parse(trimmed) : Number.NaN;
  return Number.isNaN(at) ? undefined : new Date(at).toISOString();
}
