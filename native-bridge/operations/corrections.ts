/**
 * Corrections: settings given other values, with before and after, and undone again. The values
 * before are in the journal before the first write; where nothing was changed nothing is left there.
 */
import { BridgeFault, faultOf } from '../contract/bridge-fault.ts';
import type { Correction, SettingChange } from '../contract/correction.ts';
import type { Params, Progress, Result } from '../contract/requests.ts';
import type { Connection } from '../connections/connection.ts';
import type { Profile } from '../terminals/profile.ts';
import { checkSettingValue, expectationFacts } from '../terminals/setting-value.ts';
import { applyValues, planValues, type Planned, type Wanted } from './apply-values.ts';
import type { Context } from './context.ts';
import { advanceEntry, beginEntry } from './journal-entry.ts';
import { factsOfPlan, phases } from './interrupted/apply-plan.ts';
import { proveSameTerminal } from './same-terminal.ts';
import { theCase } from './the-case.ts';
import { isUndoable, settingOf } from './undo/values-before.ts';

export async function* applySettings(
  context: Context,
  { terminalId, caseId, changes }: Params<'applySettings'>,
  signal: AbortSignal,
): AsyncGenerator<Progress<'applySettings'>, Result<'applySettings'>, void> {
  const connection = context.connections.get(terminalId);
  const wanted = changes.map((change) => checked(connection.profile, change));
  const theId = (await theCase(context, connection, caseId)).id;
  return yield* held(context, connection, signal, async function* () {
    const planned = await planValues(connection.session, wanted, signal);
    return yield* journalled(context, connection, { caseId: theId, planned, signal, undoes: null });
  });
}

/** The line for applying, and the terminal as it was. */
export async function* held<P>(
  context: Context,
  connection: Connection,
  signal: AbortSignal,
  work: () => AsyncGenerator<P, Correction, void>,
): AsyncGenerator<P, Correction, void> {
  const detail = { key: 'activity_applying', facts: {} };
  const hold = await connection.use('apply', 'applying', detail, signal);
  try {
    await proveSameTerminal(context, connection, signal);
    return yield* work();
  } finally {
    hold.release();
  }
}

export interface Work {
  readonly caseId: string;
  readonly planned: readonly Planned[];
  readonly signal: AbortSignal;
  /** The correction that this one undoes. */
  readonly undoes: Correction | null;
  /** The backup that is restored. */
  readonly backupId?: string;
}

/** Throws only where nothing was changed, or where the records could not take how it ended. */
export async function* journalled(
  context: Context,
  connection: Connection,
  { caseId, planned, signal, undoes, backupId }: Work,
): AsyncGenerator<Progress<'applySettings'>, Correction, void> {
  const { records, log } = context;
  const { terminalId, identity } = connection;
  const journalId = await beginEntry(context, {
    request: undoes ? 'undoCorrection' : 'applySettings',
    terminalId,
    caseId,
    phase: phases.writing,
    facts: factsOfPlan(planned, {
      undoes: undoes?.id ?? null,
      assumed: identity.basis === 'assumed',
    }),
  });
  let correction: Correction;
  try {
    const onWritten = () => advanceEntry(context, journalId, phases.written);
    correction = yield* applyValues({ connection, caseId, planned, signal, log, onWritten });
  } catch (error) {
    // Whatever else it is, something may have been written: the next connection settles it.
    if (faultOf(error).code === 'cancelled') await records.journalEnd(journalId);
    throw error;
  }
  if (undoes) correction = asUndone(undoes, correction);
  if (backupId !== undefined) correction = { ...correction, backupId };
  // Without its cable the terminal is left half changed: the next connection settles it.
  const cut = correction.outcome === 'partly-applied' && !connection.connected;
  await records.endCorrection({
    correction,
    keep: undoes === null || correction.outcome === 'undone',
    undoes: correction.outcome === 'undone' && undoes ? undoes.id : null,
    journalId: cut ? null : journalId,
  });
  if (cut && !undoes) {
    await advanceEntry(context, journalId, phases.writing, { correction: correction.id });
  }
  return correction;
}

function asUndone(old: Correction, correction: Correction): Correction {
  if (correction.outcome !== 'applied') return { ...correction, undoes: old.id };
  const secrets = old.changes
    .filter((change) => !isUndoable(change))
    .map((change) => ({ ...change, verified: false }));
  const changes = [...correction.changes, ...secrets];
  return { ...correction, outcome: 'undone', undoes: old.id, changes };
}

/** Throws `setting-unknown`, `setting-value-invalid`. */
function checked(profile: Profile, { key, value }: SettingChange): Wanted {
  const setting = settingOf(profile, key);
  const expected = checkSettingValue(setting, value);
  if (expected !== null) {
    const found = setting.secret ? '***' : value.slice(0, 80);
    const facts = { key, found, ...expectationFacts(expected) };
    throw new BridgeFault('setting-value-invalid', facts);
  }
  return { setting, value: new TextEncoder().encode(value) };
}
