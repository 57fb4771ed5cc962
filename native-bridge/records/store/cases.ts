/** Cases and their events. Events are only ever appended; the summary follows them in one transaction. */
import { sql, type Selectable, type Updateable } from 'kysely';
import { z } from 'zod';
import {
  caseEventSchema,
  type CaseEvent,
  type CaseRecord,
  type CaseSummary,
} from '../../contract/case.ts';
import { symptomSchema, type Routine } from '../../contract/diagnosis.ts';
import type { CaseEvidence } from '../../contract/evidence.ts';
import type { FlashResult } from '../../contract/firmware.ts';
import { identitySchema } from '../../contract/terminal.ts';
import { maskSecrets } from '../../protocols/masking.ts';
import { RecordsError } from '../errors.ts';
import type { Tables } from '../schema.ts';
import type { NewCase } from '../types.ts';
import { withoutSecrets } from './corrections.ts';
import { checkIn, checkOut, newId, type Store, type Writing } from './store.ts';
import { getSummary, toSummary, unknownCase } from './summaries.ts';

const newCaseSchema = z.object({
  terminalId: z.string().nullable(),
  portUrl: z.string().nullable(),
  profile: z.string().nullable(),
  identity: identitySchema.nullable(),
  merchant: z.string().nullable(),
  symptom: symptomSchema.nullable(),
});

/** Throws `terminal-unknown`. */
export async function openCase(store: Store, raw: NewCase): Promise<CaseSummary> {
  const made = checkIn(newCaseSchema, raw);
  const id = newId();
  await store.db.transaction().execute(async (writing) => {
    await refuseUnknownTerminal(writing, made.terminalId);
    await writing
      .insertInto('cases')
      .values({
        id,
        terminal_id: made.terminalId,
        opened_utc: store.nowUtc(),
        closed_utc: null,
        port_url: made.portUrl,
        profile: made.profile,
        identity: made.identity === null ? null : JSON.stringify(made.identity),
        serial_number: made.identity?.serialNumber ?? null,
        merchant: made.merchant === null ? null : maskSecrets(made.merchant),
        symptom: made.symptom,
        cause: null,
        flash_verdict: null,
      })
      .execute();
  });
  return await getSummary(store, id);
}

async function refuseUnknownTerminal(writing: Writing, terminalId: string | null): Promise<void> {
  if (terminalId === null) return;
  const terminal = await writing
    .selectFrom('terminals')
    .select('id')
    .where('id', '=', terminalId)
    .executeTakeFirst();
  if (!terminal) throw new RecordsError('terminal-unknown', { terminalId });
}

export async function currentCase(store: Store, terminalId: string): Promise<CaseSummary | null> {
  const row = await store.db
    .selectFrom('cases')
    .selectAll()
    .where('terminal_id', '=', terminalId)
    .where('closed_utc', 'is', null)
    .orderBy('opened_utc', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row === undefined ? null : toSummary(store, row);
}

/** Throws `case-unknown`, `bad-request`. */
export async function appendEvent(store: Store, caseId: string, raw: CaseEvent): Promise<void> {
  const event = checkIn(caseEventSchema, raw);
  await store.db.transaction().execute((writing) => insertEvent(writing, caseId, event));
}

/** Says once in the case that its terminal is being recorded to this file. Throws `case-unknown`. */
export async function noteRecording(store: Store, caseId: string, file: string): Promise<void> {
  const atUtc = store.nowUtc();
  await store.db.transaction().execute(async (writing) => {
    const known = await writing
      .selectFrom('case_events')
      .select('id')
      .where('case_id', '=', caseId)
      .where('kind', '=', 'recording')
      .where(sql<string>`body ->> '$.file'`, '=', file)
      .executeTakeFirst();
    if (known) return;
    await insertEvent(writing, caseId, { kind: 'recording', atUtc, file });
  });
}

/** Throws `case-unknown`. */
export async function insertEvent(writing: Writing, caseId: string, raw: CaseEvent): Promise<void> {
  const event = cleaned(raw);
  const row = await writing
    .selectFrom('cases')
    .select(['merchant', 'flash_verdict', 'flash_corrected'])
    .where('id', '=', caseId)
    .executeTakeFirst();
  if (!row) throw unknownCase(caseId);
  const last = await writing
    .selectFrom('case_events')
    .select(({ fn }) => fn.max('seq').as('seq'))
    .where('case_id', '=', caseId)
    .executeTakeFirst();
  const seq = (last?.seq ?? 0) + 1;
  await writing
    .insertInto('case_events')
    .values({
      id: newId(),
      case_id: caseId,
      seq,
      at_utc: event.atUtc,
      kind: event.kind,
      body: JSON.stringify(event),
    })
    .execute();
  const changes = summaryChanges(event, row);
  if (changes === null) return;
  await writing.updateTable('cases').set(changes).where('id', '=', caseId).execute();
}

/** A visit ends with the last thing done in it, however late somebody says so. */
export async function closeCase(store: Store, caseId: string): Promise<CaseSummary> {
  await store.db.transaction().execute(async (writing) => {
    const last = await writing
      .selectFrom('case_events')
      .select(({ fn }) => fn.max('at_utc').as('at'))
      .where('case_id', '=', caseId)
      .executeTakeFirst();
    await writing
      .updateTable('cases')
      .set((row) => ({ closed_utc: last?.at ?? row.ref('opened_utc') }))
      .where('id', '=', caseId)
      .where('closed_utc', 'is', null)
      .execute();
  });
  return await getSummary(store, caseId);
}

/** Throws `case-unknown`. */
export async function getCase(store: Store, caseId: string): Promise<CaseRecord> {
  const summary = await getSummary(store, caseId);
  const rows = await store.db
    .selectFrom('case_events')
    .select('body')
    .where('case_id', '=', caseId)
    .orderBy('seq')
    .execute();
  return { ...summary, events: rows.map((row) => checkOut(store, caseEventSchema, row.body)) };
}

/** Secrets out, whoever forgot: a setting's secret value, what a technician typed. */
function cleaned(event: CaseEvent): CaseEvent {
  switch (event.kind) {
    case 'correction':
      return { ...event, correction: withoutSecrets(event.correction) };
    case 'note':
      return { ...event, text: maskSecrets(event.text) };
    case 'evidence':
      return { ...event, evidence: withoutSecretText(event.evidence) };
    case 'ticket':
      return { ...event, number: event.number === null ? null : maskSecrets(event.number) };
    case 'signature': {
      const { signature } = event;
      return { ...event, signature: { ...signature, signer: maskSecrets(signature.signer) } };
    }
    case 'readings':
    case 'diagnosis':
    case 'image':
    case 'flash':
    case 'app':
    case 'scanner-test':
    case 'recording':
      return event;
  }
}

function withoutSecretText(evidence: CaseEvidence): CaseEvidence {
  if (evidence.form === 'text') return { ...evidence, text: maskSecrets(evidence.text) };
  const { photo } = evidence;
  return { ...evidence, photo: { ...photo, name: maskSecrets(photo.name) } };
}

function summaryChanges(
  event: CaseEvent,
  before: Pick<Selectable<Tables['cases']>, 'merchant' | 'flash_verdict' | 'flash_corrected'>,
): Updateable<Tables['cases']> | null {
  switch (event.kind) {
    case 'diagnosis':
      return {
        symptom: event.diagnosis.symptom,
        ...causeOf(event.diagnosis.cause),
        ...nextVisitOf(event.diagnosis.routine),
      };
    case 'flash':
      return {
        flash_verdict: event.flash.verdict,
        flash_corrected: isCorrected(event.flash, before) ? 1 : 0,
      };
    case 'readings': {
      const read = event.readings.find((reading) => reading.name === 'payment.merchantName');
      return before.merchant === null && typeof read?.value === 'string'
        ? { merchant: read.value }
        : null;
    }
    case 'ticket':
      return { ticket: event.number };
    case 'signature':
      return { signed_utc: event.atUtc };
    case 'correction':
    case 'image':
    case 'app':
    case 'scanner-test':
    case 'note':
    case 'recording':
    case 'evidence':
      return null;
  }
}

/** A later look that says the same corrects nothing; what was corrected once stays so. */
function isCorrected(
  { corrects, verdict }: FlashResult,
  before: Pick<Selectable<Tables['cases']>, 'flash_verdict' | 'flash_corrected'>,
): boolean {
  if (!corrects || before.flash_verdict === null) return false;
  return verdict !== before.flash_verdict || before.flash_corrected !== 0;
}

/** The check after the correction finds no cause any more: the case keeps the one that was corrected. */
function causeOf(cause: string | null): Updateable<Tables['cases']> {
  return cause === null ? {} : { cause };
}

function nextVisitOf(routine: Routine | null): Updateable<Tables['cases']> {
  return routine === null ? {} : { next_visit_utc: routine.nextVisitUtc };
}
