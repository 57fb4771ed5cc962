/**
 * What the merchant signed: a hash over the case as the records hold it, letter by letter, so that
 * a later version of this program that reads an old event otherwise changes nothing of it.
 */
import { createHash } from 'node:crypto';
import { caseEventSchema, type CaseEvent } from '../../contract/case.ts';
import type { MerchantSignature, SignedState } from '../../contract/signature.ts';
import { RecordsError } from '../errors.ts';
import { insertEvent } from './cases.ts';
import { checkOut, type Store, type Writing } from './store.ts';
import { unknownCase } from './summaries.ts';

interface Row {
  readonly kind: string;
  readonly body: string;
}

/** SHA-256, hex, of what would be signed now. Throws `case-unknown`. */
export async function contentSha256(store: Store, caseId: string): Promise<string> {
  return await hashOf(store.db, caseId);
}

/**
 * Appends the signature under what the case holds now. `readSha256`: of what the signer has read;
 * null: whatever it is. Throws `case-unknown`, `case-changed` where the case holds something else.
 */
export async function signCase(
  store: Store,
  caseId: string,
  drawn: Omit<MerchantSignature, 'contentSha256'>,
  readSha256: string | null,
): Promise<SignedState> {
  const atUtc = store.nowUtc();
  await store.db.transaction().execute(async (writing) => {
    const held = await hashOf(writing, caseId);
    if (held !== (readSha256 ?? held)) throw new RecordsError('case-changed', { caseId });
    const signature = { ...drawn, contentSha256: held };
    const event = { kind: 'signature', atUtc, signature } as const;
    await insertEvent(writing, caseId, event);
  });
  const state = await signedState(store, caseId);
  if (state === null) throw unknownCase(caseId);
  return state;
}

/** null: nobody signed. Throws `case-unknown`. */
export async function signedState(store: Store, caseId: string): Promise<SignedState | null> {
  const head = await headOf(store.db, caseId);
  const rows = await rowsOf(store.db, caseId);
  const at = rows.findLastIndex(({ kind }) => kind === 'signature');
  const row = rows[at];
  if (row === undefined) return null;
  const event = checkOut(store, caseEventSchema, row.body) as Extract<
    CaseEvent,
    { kind: 'signature' }
  >;
  return {
    atUtc: event.atUtc,
    signature: event.signature,
    addedKinds: [...new Set(rows.slice(at + 1).map(({ kind }) => kind))],
    intact: contentHash(head, rows.slice(0, at)) === event.signature.contentSha256,
  };
}

/** What of the case itself never changes. */
async function headOf(db: Store['db'] | Writing, caseId: string): Promise<string> {
  const row = await db
    .selectFrom('cases')
    .select(['id', 'terminal_id', 'opened_utc', 'port_url', 'profile', 'identity'])
    .where('id', '=', caseId)
    .executeTakeFirst();
  if (row === undefined) throw unknownCase(caseId);
  const { id, terminal_id: terminal, opened_utc: opened, port_url: port, profile, identity } = row;
  return JSON.stringify([id, terminal, opened, port, profile, identity]);
}

async function rowsOf(db: Store['db'] | Writing, caseId: string): Promise<Row[]> {
  return await db
    .selectFrom('case_events')
    .select(['kind', 'body'])
    .where('case_id', '=', caseId)
    .orderBy('seq')
    .execute();
}

async function hashOf(db: Store['db'] | Writing, caseId: string): Promise<string> {
  return contentHash(await headOf(db, caseId), await rowsOf(db, caseId));
}

/** Earlier signatures are none of the content. */
function contentHash(head: string, rows: readonly Row[]): string {
  const hash = createHash('sha256').update(`${head}\n`);
  for (const { kind, body } of rows) if (kind !== 'signature') hash.update(`${body}\n`);
  return hash.digest('hex');
}
