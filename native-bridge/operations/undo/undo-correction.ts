/**
 * Undo: the values that were there before are put back and read back; secrets are to be re-entered.
 * What is meant is decided when it is asked for, and held against the records once more when the
 * line is free: of two that race, the second is refused before it writes anything.
 */
import { BridgeFault } from '../../contract/bridge-fault.ts';
import type { Correction } from '../../contract/correction.ts';
import type { Params, Result } from '../../contract/requests.ts';
import type { Connection } from '../../connections/connection.ts';
import { planValues } from '../apply-values.ts';
import type { Context } from '../context.ts';
import { held, journalled } from '../corrections.ts';
import { openApplies } from '../interrupted/at-connect.ts';
import { settle } from '../interrupted/settle.ts';
import { theCase } from '../the-case.ts';
import { refuseChanged, valuesBefore } from './values-before.ts';

type Target =
  | { readonly kind: 'correction'; readonly id: string }
  | { readonly kind: 'interrupted'; readonly journalId: string };

/** Throws `nothing-to-undo`, `already-undone`, `setting-changed-since` before anything is written. */
export async function undoCorrection(
  context: Context,
  { terminalId, correctionId, overwrite }: Params<'undoCorrection'>,
  signal: AbortSignal,
): Promise<Result<'undoCorrection'>> {
  const connection = context.connections.get(terminalId);
  const target = await targetOf(context, connection, correctionId);
  const asked = { connection, overwrite, signal };
  const steps = held(context, connection, signal, () =>
    target.kind === 'correction'
      ? undoKept(context, asked, target.id)
      : undoInterrupted(context, asked, target.journalId),
  );
  for (;;) {
    const step = await steps.next();
    if (step.done === true) return step.value;
  }
}

/** What waits since it was cut off lies over every correction that ended. */
async function targetOf(
  context: Context,
  { terminalId }: Connection,
  correctionId: string | null,
): Promise<Target> {
  const { records } = context;
  const waiting = await openApplies(context, terminalId);
  if (correctionId !== null) {
    const isWaiting = waiting.some(({ id }) => id === correctionId);
    return isWaiting
      ? { kind: 'interrupted', journalId: correctionId }
      : { kind: 'correction', id: correctionId };
  }
  const last = waiting.at(-1);
  if (last) return { kind: 'interrupted', journalId: last.id };
  const latest = await records.latestUndoableCorrection(terminalId);
  if (!latest) throw new BridgeFault('nothing-to-undo');
  return { kind: 'correction', id: latest.id };
}

interface Asked {
  readonly connection: Connection;
  readonly overwrite: boolean;
  readonly signal: AbortSignal;
}

async function* undoKept(
  context: Context,
  { connection, overwrite, signal }: Asked,
  correctionId: string,
): AsyncGenerator<unknown, Correction, void> {
  const old = await stillUndoable(context, connection, correctionId);
  const wanted = valuesBefore(connection.profile, old);
  const planned = await planValues(connection.session, wanted, signal);
  if (!overwrite) refuseChanged(old, planned);
  // The visit it is undone in: the one it was made in may be long over.
  const { id: caseId } = await theCase(context, connection, null);
  return yield* journalled(context, connection, { caseId, planned, signal, undoes: old });
}

async function stillUndoable(
  { records }: Context,
  { terminalId }: Connection,
  correctionId: string,
): Promise<Correction> {
  const kept = await records.getCorrection(correctionId);
  if (kept?.terminalId !== terminalId) throw new BridgeFault('nothing-to-undo');
  const { undoneUtc, ...old } = kept;
  if (undoneUtc !== null) throw new BridgeFault('already-undone', { correctionId });
  if (old.outcome !== 'applied' && old.outcome !== 'partly-applied') {
    throw new BridgeFault('nothing-to-undo');
  }
  return old;
}

// eslint-disable-next-line require-yield -- one step: its progress is the line's
async function* undoInterrupted(
  context: Context,
  { connection, overwrite }: Asked,
  journalId: string,
): AsyncGenerator<unknown, Correction, void> {
  const entries = await openApplies(context, connection.terminalId);
  const entry = entries.find(({ id }) => id === journalId);
  if (!entry) throw new BridgeFault('nothing-to-undo');
  const { correction } = await settle(context, connection, entry, { undo: true, overwrite });
  connection.remark({ unfinished: null });
  return correction;
}
