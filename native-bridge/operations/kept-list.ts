/**
 * A short list that the technician keeps among the preferences: ports to leave alone, keys that are
 * trusted. Read each time, since another program on the same data folder may have changed it.
 */
import { z } from 'zod';
import type { Records } from '../records/records.ts';

type Kept = Pick<Records, 'getPreference' | 'setPreference'>;

export class KeptList<T> {
  readonly #listeners = new Set<() => void>();
  readonly #records: Kept;
  readonly #name: string;
  readonly #schema: z.ZodType<T>;

  constructor(records: Kept, name: string, schema: z.ZodType<T>) {
    this.#records = records;
    this.#name = name;
    this.#schema = schema;
  }

  /** Of changes that were made in this process. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Without what a newer version has put there and this one does not know. */
  async list(): Promise<readonly T[]> {
    return (await this.#stored()).flatMap((item) => {
      const one = this.#schema.safeParse(item);
      return one.success ? [one.data] : [];
    });
  }

  /** What this version does not know stays as it is: entries, and parts of those that are kept. */
  async set(items: readonly T[]): Promise<void> {
    const unknown: unknown[] = [];
    const stored = new Map<string, unknown>();
    for (const item of await this.#stored()) {
      const one = this.#schema.safeParse(item);
      if (one.success) stored.set(JSON.stringify(one.data), item);
      else unknown.push(item);
    }
    const known = items.map((item) => stored.get(JSON.stringify(item)) ?? item);
    await this.#records.setPreference(this.#name, JSON.stringify([...known, ...unknown]));
    for (const listener of this.#listeners) listener();
  }

  async #stored(): Promise<unknown[]> {
    const text = await this.#records.getPreference(this.#name);
    const items = z.array(z.unknown()).safeParse(text === null ? [] : parsed(text));
    return items.success ? items.data : [];
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
