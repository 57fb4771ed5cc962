/**
 * At every opening: the rest of an erasure that was cut off, then the technician's own rule for how
 * long cases are kept. Off unless somebody asked for it. Cases in which work waits to be settled
 * stay; where a program has one of the terminals, all of it waits for another opening.
 */
import type { Database } from '../sqlite.ts';
import { keepDaysKey } from '../keep-days.ts';
import { lookAtErasure, erase, type EraseHome } from './erase.ts';
import { doTheRest } from './rest.ts';

const dayMs = 24 * 60 * 60 * 1000;

/** Never throws: what can't be deleted now (a full disk, a terminal in use) stops nobody's work. */
export function eraseAtOpening(home: EraseHome, nowUtc: string): void {
  doTheRest(home);
  try {
    const days = keepDays(home.database);
    if (days === null) return;
    const beforeUtc = new Date(Date.parse(nowUtc) - days * dayMs).toISOString();
    const filter = { merchant: null, serialNumber: null, beforeUtc };
    const choice = { filter, settledOnly: true };
    const { cases, backups, terminals } = lookAtErasure(home, choice);
    if (cases + backups + terminals > 0) erase(home, choice);
  } catch {
    // The next opening tries again.
  }
}

function keepDays(database: Database): number | null {
  const row = database.prepare('SELECT value FROM preferences WHERE key = ?').get(keepDaysKey) as
    { value: string } | undefined;
  const days = Number(row?.value);
  return Number.isInteger(days) && days > 0 ? days : null;
}
