/** What every part of the store works on. */
import type { Kysely, Transaction } from 'kysely';
import { v7 } from 'uuid';
import { z } from 'zod';
import { RecordsError } from '../errors.ts';
import type { Tables } from '../schema.ts';

export interface Store {
  readonly db: Kysely<Tables>;
  /** The database's file, for errors. */
  readonly file: string;
  readonly nowUtc: () => string;
}

export type Writing = Transaction<Tables>;

/** A key that sorts by time and is unique across benches (RFC 9562, section 5.7). */
export function newId(): string {
  return v7();
}

/** A shape on the way in. Throws RecordsError `bad-request`. */
export function checkIn<T>(schema: z.ZodType<T>, value: unknown): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new RecordsError('bad-request', { expected: z.prettifyError(parsed.error) });
}

/** JSON on the way out. Throws RecordsError `records-damaged`: nothing of another shape was written. */
export function checkOut<T>(store: Store, schema: z.ZodType<T>, json: string): T {
  try {
    return schema.parse(JSON.parse(json));
  } catch (cause) {
    throw new RecordsError('records-damaged', { file: store.file }, { cause });
  }
}
