/**
 * Terminals: the same one at every visit. Known by serial number and model; without one by the
 * port's path, as long as one of the slots still holds an image that it held before (`assumed`).
 */
import { z } from 'zod';
import { identitySchema, type Identity } from '../../contract/terminal.ts';
import { RecordsError } from '../errors.ts';
import type { TerminalRow } from '../types.ts';
import { checkIn, checkOut, newId, type Store, type Writing } from './store.ts';

/** Contacts closer than this are one visit: every command of the shell connects anew. */
const visitGapMs = 60 * 60 * 1000;
const hashesSchema = z.array(z.string().max(256)).max(16);

export async function upsertTerminal(
  store: Store,
  rawIdentity: Identity,
  portUrl: string,
  profile: string,
  slotHashes?: readonly string[],
  lockedId?: string,
): Promise<TerminalRow> {
  const identity = checkIn(identitySchema, rawIdentity);
  const hashes = knownHashes(identity, slotHashes);
  const nowUtc = store.nowUtc();
  const id = await store.db.transaction().execute(async (writing) => {
    const found = await find(store, writing, identity, portPath(portUrl), hashes);
    // Between asking for the id and locking it somebody else may have taken it up.
    if (lockedId !== undefined && found !== null && found.id !== lockedId) {
      throw new RecordsError('terminal-owned', { name: `terminal ${found.id}` });
    }
    if (found === null) {
      const made = { id: lockedId ?? newId(), portUrl, profile, hashes, nowUtc };
      return await insert(writing, identity, made);
    }
    await writing
      .updateTable('terminals')
      .set({
        port_path: portPath(portUrl),
        profile,
        contact_utc: nowUtc,
        ...(hashes.length > 0 ? { slot_hashes: JSON.stringify(hashes) } : {}),
        ...(isNewVisit(found.contact_utc, nowUtc) ? { previous_visit_utc: found.contact_utc } : {}),
      })
      .where('id', '=', found.id)
      .execute();
    return found.id;
  });
  return await getTerminal(store, id);
}

/** Reads only. */
export async function terminalIdOf(
  store: Store,
  rawIdentity: Identity,
  portUrl: string,
  slotHashes?: readonly string[],
): Promise<string> {
  const identity = checkIn(identitySchema, rawIdentity);
  const hashes = knownHashes(identity, slotHashes);
  const found = await find(store, store.db, identity, portPath(portUrl), hashes);
  return found?.id ?? newId();
}

export async function noteIdentity(
  store: Store,
  terminalId: string,
  rawIdentity: Identity,
  slotHashes?: readonly string[],
): Promise<void> {
  const identity = checkIn(identitySchema, rawIdentity);
  const hashes = knownHashes(identity, slotHashes);
  const updated = await store.db
    .updateTable('terminals')
    .set({
      contact_utc: store.nowUtc(),
      ...(hashes.length > 0 ? { slot_hashes: JSON.stringify(hashes) } : {}),
    })
    .where('id', '=', terminalId)
    .executeTakeFirst();
  if (updated.numUpdatedRows === 0n) throw unknownTerminal(terminalId);
}

export async function nameTerminal(
  store: Store,
  terminalId: string,
  nickname: string | null,
): Promise<void> {
  const updated = await store.db
    .updateTable('terminals')
    .set({ nickname: checkIn(z.string().trim().max(100).nullable(), nickname) })
    .where('id', '=', terminalId)
    .executeTakeFirst();
  if (updated.numUpdatedRows === 0n) throw unknownTerminal(terminalId);
}

export async function getTerminal(store: Store, id: string): Promise<TerminalRow> {
  const row = await store.db
    .selectFrom('terminals')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst();
  if (row === undefined) throw unknownTerminal(id);
  const caused = await store.db
    .selectFrom('cases')
    .select('cause')
    .where('terminal_id', '=', id)
    .where('cause', 'is not', null)
    .orderBy('opened_utc', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return {
    id: row.id,
    nickname: row.nickname,
    firstVisitUtc: row.first_visit_utc,
    lastVisitUtc: row.previous_visit_utc,
    lastCause: caused?.cause ?? null,
  };
}

interface Found {
  readonly id: string;
  readonly contact_utc: string;
}

async function find(
  store: Store,
  writing: Store['db'],
  identity: Identity,
  path: string,
  hashes: readonly string[],
): Promise<Found | null> {
  const known = writing.selectFrom('terminals').select(['id', 'contact_utc', 'slot_hashes']);
  const key = serialKey(identity);
  if (key !== null) {
    return (await known.where('serial_key', '=', key).executeTakeFirst()) ?? null;
  }
  const candidates = await known
    .where('serial_key', 'is', null)
    .where('port_path', '=', path)
    .where('model', '=', identity.model)
    .orderBy('contact_utc', 'desc')
    .limit(50)
    .execute();
  return (
    candidates.find((row) => continues(checkOut(store, hashesSchema, row.slot_hashes), hashes)) ??
    null
  );
}

/** One slot still holds what it held; where either side knows no hash, the port alone decides. */
function continues(before: readonly string[], now: readonly string[]): boolean {
  if (before.length === 0 || now.length === 0) return true;
  return now.some((hash) => before.includes(hash));
}

interface NewTerminal {
  readonly id: string;
  readonly portUrl: string;
  readonly profile: string;
  readonly hashes: readonly string[];
  readonly nowUtc: string;
}

async function insert(
  writing: Writing,
  identity: Identity,
  { id, portUrl, profile, hashes, nowUtc }: NewTerminal,
): Promise<string> {
  await writing
    .insertInto('terminals')
    .values({
      id,
      serial_key: serialKey(identity),
      serial_number: identity.serialNumber,
      model: identity.model,
      port_path: portPath(portUrl),
      profile,
      slot_hashes: JSON.stringify(hashes),
      nickname: null,
      first_visit_utc: nowUtc,
      previous_visit_utc: null,
      contact_utc: nowUtc,
    })
    .execute();
  return id;
}

/** With the model: two vendors both number from 1. */
function serialKey(identity: Identity): string | null {
  if (identity.basis === 'assumed' || identity.serialNumber === null) return null;
  return `${identity.model}\n${identity.serialNumber}`;
}

function knownHashes(identity: Identity, slotHashes: readonly string[] | undefined): string[] {
  const active = identity.firmwareHash === null ? [] : [identity.firmwareHash];
  const all = checkIn(hashesSchema, [...(slotHashes ?? []), ...active]);
  return [...new Set(all.map((hash) => hash.toLowerCase()))];
}

/** The address without `?baud=…`. */
export function portPath(portUrl: string): string {
  return portUrl.split('?', 1)[0] ?? portUrl;
}

function isNewVisit(contactUtc: string, nowUtc: string): boolean {
  return Math.abs(Date.parse(nowUtc) - Date.parse(contactUtc)) > visitGapMs;
}

function unknownTerminal(terminalId: string): RecordsError {
  return new RecordsError('terminal-unknown', { terminalId });
}
