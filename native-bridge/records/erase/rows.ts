/** Plain answers from SQL. */
import type { Database } from '../sqlite.ts';

/** The first column of every row, as text. */
export function column(database: Database, sql: string, ...values: string[]): string[] {
  const rows = database.prepare(sql).all(...values) as Record<string, unknown>[];
  return rows.map((row) => String(Object.values(row)[0]));
}

export function count(database: Database, sql: string, ...values: string[]): number {
  return Number(column(database, sql, ...values)[0] ?? 0);
}
