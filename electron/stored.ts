/**
 * Small things the app remembers (language, theme, where the window stood), a JSON file each.
 * A file that is missing, damaged or of another shape counts as empty: none of it is worth a fault.
 */
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { z } from 'zod';
import { makeFolder } from '../native-bridge/records/make-folder.ts';

export class Stored<T> {
  readonly #file: string;
  readonly #schema: z.ZodType<T>;
  #value: T;

  constructor(file: string, schema: z.ZodType<T>, empty: T) {
    this.#file = file;
    this.#schema = schema;
    this.#value = this.#read() ?? empty;
  }

  get value(): T {
    return this.#value;
  }

  /** Written before it returns: the app may be about to end. A full disk costs only the memory of it. */
  set(value: T): void {
    this.#value = value;
    try {
      makeFolder(dirname(this.#file));
      const fresh = `${this.#file}.new`;
      writeFileSync(fresh, JSON.stringify(value));
      renameSync(fresh, this.#file);
    } catch {
      // Remembered until the app ends.
    }
  }

  #read(): T | null {
    try {
      return this.#schema.parse(JSON.parse(readFileSync(this.#file, 'utf8')));
    } catch {
      return null;
    }
  }
}
