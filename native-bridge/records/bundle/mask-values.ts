/**
 * A record without its secrets, whoever let one in: every text in it is masked with its name before
 * it, as people write it (`wifi.password: …`), so that what is told by its name is told here, too.
 * Paths lose the folder of whoever runs the program.
 */
import { maskSecrets } from '../../protocols/masking.ts';

const hidden = '***';
const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** Digits as a number hold a card's from here on. */
const leastCardNumber = 1e12;

export class Masker {
  /** Texts in which something was hidden so far. */
  count = 0;
  readonly #homeFolder: string;

  constructor(homeFolder: string) {
    this.#homeFolder = homeFolder;
  }

  /** `name`: what it is called where it stands; null: nothing. */
  text(text: string, name: string | null = null): string {
    const bare = this.#homeFolder.length > 1 ? text.replaceAll(this.#homeFolder, '~') : text;
    if (uuid.test(bare)) return bare;
    const masked = name === null ? maskSecrets(bare) : maskNamed(bare, name);
    if (masked !== bare) this.count += 1;
    return masked;
  }

  /** The same value with its texts masked; keys stay. `isFacts`: of any names, texts and numbers alike. */
  value(value: unknown, name: string | null = null, isFacts = false): unknown {
    if (typeof value === 'string') return this.text(value, name);
    if (typeof value === 'number') return this.#number(value, name, false);
    if (Array.isArray(value)) return value.map((one) => this.value(one, name));
    if (typeof value !== 'object' || value === null) return value;
    const { name: own, key } = value as { readonly name?: unknown; readonly key?: unknown };
    const called = typeof own === 'string' ? own : typeof key === 'string' ? key : null;
    const inner = (field: string, one: unknown): unknown => {
      const named = isNamed(field) ? (called ?? field) : field;
      if (typeof one === 'number') return this.#number(one, named, isFacts || isNamed(field));
      return this.value(one, named, field === 'facts');
    };
    return Object.fromEntries(
      Object.entries(value).map(([field, one]) => [field, inner(field, one)]),
    );
  }

  /** `mayBeText`: where only a number can stand, the last four digits stay as one. */
  #number(value: number, name: string | null, mayBeText: boolean): number | string {
    if (!Number.isSafeInteger(value) || Math.abs(value) < leastCardNumber) return value;
    const before = this.count;
    const masked = this.text(String(value), name);
    if (this.count === before) return value;
    return mayBeText ? masked : Math.abs(value) % 10_000;
  }
}

/** Fields whose meaning is that of what they belong to: of a reading, of a changed setting. */
const isNamed = (field: string): boolean =>
  ['value', 'raw', 'before', 'after', 'readBack', 'current', 'expected', 'found'].includes(field);

function maskNamed(text: string, name: string): string {
  const before = `${name}: `;
  // What is called a secret is one, all of it and not only its first word.
  if (maskSecrets(`${before}x`) !== `${before}x`) return text === '' ? text : hidden;
  const masked = maskSecrets(before + text);
  return masked.startsWith(before) ? masked.slice(before.length) : maskSecrets(text);
}
