/**
 * What people add to a case: a photo or a text as evidence, a note, the acquirer's ticket. A photo's file is on the disk
 * before the case names it, and goes again where the case can't.
 */
import { randomUUID } from 'node:crypto';
import { BridgeFault } from '../../contract/bridge-fault.ts';
import type { CaseEvidence } from '../../contract/evidence.ts';
import type { Params, Result } from '../../contract/requests.ts';
import { openPhoto } from '../../pictures/index.ts';
import { maskSecrets } from '../../protocols/masking.ts';
import { cleanText } from '../../wording/index.ts';
import type { Context } from '../context.ts';
import { visibleText } from '../plain-text.ts';
import { dropPhoto, sha256, storePhoto, type PhotoEvidence } from './photo-store.ts';

const maxNameCharacters = 120;

/** What of the context it needs. */
type Kept = Pick<Context, 'records'>;

/** Throws as the contract says. */
export async function addEvidence(
  context: Kept & Pick<Context, 'files'>,
  { caseId, subject, evidence }: Params<'addEvidence'>,
): Promise<Result<'addEvidence'>> {
  const { records } = context;
  // Known before a file is read for it.
  await records.getCase(caseId);
  const id = randomUUID();
  if (evidence.form === 'text') {
    const text = typed(evidence.text, 'evidence.text');
    const kept = { id, subject, form: 'text', text } as const;
    await append(context, caseId, kept);
    return kept;
  }
  const { bytes, name, ...picture } = await openPhoto(context.files.path(evidence.fileId));
  const photo = {
    ...picture,
    name: maskSecrets(cleanText(name, maxNameCharacters)),
    sha256: sha256(bytes),
    sizeBytes: bytes.length,
  };
  return await keepPhoto(context, caseId, { id, subject, form: 'photo', photo }, bytes);
}

async function keepPhoto(
  context: Kept,
  caseId: string,
  evidence: PhotoEvidence,
  bytes: Uint8Array,
): Promise<PhotoEvidence> {
  const { dataFolder } = context.records;
  await storePhoto(dataFolder, caseId, evidence, bytes);
  try {
    await append(context, caseId, evidence);
  } catch (error) {
    await dropPhoto(dataFolder, caseId, evidence);
    throw error;
  }
  return evidence;
}

async function append(context: Kept, caseId: string, evidence: CaseEvidence): Promise<void> {
  const atUtc = new Date().toISOString();
  await context.records.appendEvent(caseId, { kind: 'evidence', atUtc, evidence });
}

/** Throws as the contract says. */
export async function addNote(
  context: Context,
  { caseId, text: raw }: Params<'addNote'>,
): Promise<Result<'addNote'>> {
  const text = typed(raw, 'text');
  const atUtc = new Date().toISOString();
  await context.records.appendEvent(caseId, { kind: 'note', atUtc, text });
  return { text };
}

/** Masked, without controls. Throws `bad-request` where nothing is left. */
function typed(raw: string, path: string): string {
  const text = maskSecrets(visibleText(raw).trim());
  if (text === '') throw new BridgeFault('bad-request', { path });
  return text;
}

/** Masked: what is pasted there may be another number. Throws `case-unknown`, `bad-request`. */
export async function setTicket(
  context: Context,
  { caseId, number }: Params<'setTicket'>,
): Promise<Result<'setTicket'>> {
  const clean = number === null ? null : maskSecrets(cleanText(number, 64));
  if (clean === '') throw new BridgeFault('bad-request', { path: 'number' });
  const atUtc = new Date().toISOString();
  await context.records.appendEvent(caseId, { kind: 'ticket', atUtc, number: clean });
  return { number: clean };
}
