/** Which terminal a boot loader belongs to: its serial number, or nothing but its port and its images tell. */
import { z } from 'zod';
import type { KnownTerminal } from '../types.ts';
import { hasNoEnd } from './journal.ts';
import { checkIn, checkOut, type Store } from './store.ts';
import { getTerminal, portPath } from './terminals.ts';

const hashesSchema = z.array(z.string().max(256)).max(16);
const newest = 50;

export async function terminalHolding(
  store: Store,
  portUrl: string,
  slotHashes: readonly string[],
): Promise<KnownTerminal | null> {
  const hashes = checkIn(hashesSchema, [...slotHashes]).map((hash) => hash.toLowerCase());
  const flashing = await openFlashes(store);
  const path = portPath(portUrl);
  const rows = await store.db
    .selectFrom('terminals')
    .select(['id', 'profile', 'model', 'serial_number', 'slot_hashes', 'port_path'])
    .where((is) => is.or([is('port_path', '=', path), is('id', 'in', flashing)]))
    .orderBy('contact_utc', 'desc')
    .limit(newest)
    .execute();
  const known = rows.map((row) => ({
    ...row,
    held: checkOut(store, hashesSchema, row.slot_hashes),
  }));
  const holding = known.filter(({ id, port_path, held }) =>
    hashes.length > 0
      ? held.some((hash) => hashes.includes(hash))
      : port_path === path && flashing.includes(id),
  );
  const here = holding.filter(({ port_path }) => port_path === path);
  const [row, ...others] = here.length > 0 ? here : holding;
  // Two of a kind hold the same images: then nothing tells which it is, but for a flash left open.
  const only = others.length === 0 ? row : [...here].find(({ id }) => flashing.includes(id));
  return only ? await asKnown(store, only) : null;
}

/**
 * One with fastboot says its number, and not its model: two models may have given the same one. Then
 * it is the one that a flash was left open on.
 */
export async function terminalNumbered(
  store: Store,
  serialNumber: string,
): Promise<KnownTerminal | null> {
  const rows = await store.db
    .selectFrom('terminals')
    .select(['id', 'profile', 'model', 'serial_number', 'slot_hashes'])
    .where('serial_number', '=', checkIn(z.string().max(256), serialNumber))
    .limit(newest)
    .execute();
  const flashing = rows.length > 1 ? await openFlashes(store) : [];
  const [row, ...others] = rows.length > 1 ? rows.filter(({ id }) => flashing.includes(id)) : rows;
  if (!row || others.length > 0) return null;
  return await asKnown(store, { ...row, held: checkOut(store, hashesSchema, row.slot_hashes) });
}

interface Row {
  readonly id: string;
  readonly profile: string;
  readonly model: string;
  readonly serial_number: string | null;
  readonly held: string[];
}

async function asKnown(
  store: Store,
  { id, profile, model, serial_number: serialNumber, held: slotHashes }: Row,
): Promise<KnownTerminal> {
  const { nickname, lastVisitUtc, lastCause } = await getTerminal(store, id);
  return { id, profile, model, serialNumber, slotHashes, nickname, lastVisitUtc, lastCause };
}

async function openFlashes({ db }: Store): Promise<string[]> {
  const rows = await db
    .selectFrom('journal')
    .select('terminal_id')
    .distinct()
    .where('request', '=', 'flash')
    .where(hasNoEnd)
    .execute();
  return rows.flatMap(({ terminal_id }) => terminal_id ?? []);
}
