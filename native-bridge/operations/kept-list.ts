/**
 * A short list that the technician keeps among the preferences: ports to leave alone, keys that are
 * trusted. Read each time, since another program on the same data folder may have changed it.
 */
import { z } from 'zod';
import type { Records } from '../records/records.ts';

type Kept = Pick<Records, 'getPreference' | 'swapPreference'>;

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
    return this.#known(itemsOf(await this.#records.getPreference(this.#name)));
  }

  /**
   * What this version does not know stays as it is: entries, and parts of those that are kept. `wanted`
   * is asked again where another program changed the list meanwhile.
   */
  async change(wanted: (known: readonly T[]) => readonly T[]): Promise<readonly T[]> {
    for (;;) {
      const before = await this.#records.getPreference(this.#name);
      const stored = itemsOf(before);
      const items = wanted(this.#known(stored));
      const after = JSON.stringify(this.#merged(stored, items));
      if (!(await this.#records.swapPreference(this.#name, before, after))) continue;
      for (const listener of this.#listeners) listener();
      return items;
    }
  }

  #known(stored: readonly unknown[]): T[] {
    return stored.flatMap((item) => {
      const one = this.#schema.safeParse(item);
      return one.success ? [one.data] : [];
    });
  }

  #merged(stored: readonly unknown[], items: readonly T[]): unknown[] {
    const unknown: unknown[] = [];
    const asStored = new Map<string, unknown>();
    for (const item of stored) {
      const one = this.#schema.safeParse(item);
      if (one.success) asStored.set(JSON.stringify(one.data), item);
      else unknown.push(item);
    }
    return [...items.map((item) => asStored.get(JSON.stringify(item)) ?? item), ...unknown];
  }
}

function itemsOf(text: string | null): unknown[] {
  const items = z.array(z.unknown()).safeParse(text === null ? [] : parsed(text));
  return items.success ? items.data : [];
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
