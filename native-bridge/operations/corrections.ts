/**
 * Corrections: settings given other values, with before and after, and undone again. Both are in
 * the journal while they run; where nothing was changed nothing is left there.
 */
import { BridgeFault } from '../contract/bridge-fault.ts';
import type { Correction, SettingChange } from '../contract/correction.ts';
import type { Params, Progress, Result } from '../contract/requests.ts';
import type { Connection } from '../connections/connection.ts';
import type { Profile, Setting } from '../terminals/profile.ts';
import { checkSettingValue, expectationFacts } from '../terminals/setting-value.ts';
import { applyValues, type Wanted } from './apply-values.ts';
import type { Context } from './context.ts';
import { isSameTerminal } from './same-terminal.ts';
import { theCase } from './the-case.ts';

export async function* applySettings(
  context: Context,
  { terminalId, caseId, changes }: Params<'applySettings'>,
  signal: AbortSignal,
): AsyncGenerator<Progress<'applySettings'>, Result<'applySettings'>, void> {
  const connection = context.connections.get(terminalId);
  const wanted = changes.map((change) => checked(connection.profile, change));
  const theId = (await theCase(context, connection, caseId)).id;
  return yield* held(context, connection, signal, () =>
    journalled(context, connection, { request: 'applySettings', caseId: theId, wanted, signal }),
  );
}

/** Puts the values back that were there before, and reads them back. Secrets are to be re-entered. */
export async function undoCorrection(
  context: Context,
  { terminalId, correctionId }: Params<'undoCorrection'>,
  signal: AbortSignal,
): Promise<Result<'undoCorrection'>> {
  const connection = context.connections.get(terminalId);
  const old =
    correctionId === null
      ? await context.records.latestUndoableCorrection(terminalId)
      : await context.records.getCorrection(correctionId);
  if (old?.terminalId !== terminalId) throw new BridgeFault('nothing-to-undo');
  const wanted = valuesBefore(connection.profile, old);
  const steps = held(context, connection, signal, () =>
    journalled(context, connection, {
      request: 'undoCorrection',
      caseId: old.caseId,
      wanted,
      signal,
      undoes: old,
    }),
  );
  for (;;) {
    const step = await steps.next();
    if (step.done === true) return step.value;
  }
}

async function* held<P>(
  context: Context,
  connection: Connection,
  signal: AbortSignal,
  work: () => AsyncGenerator<P, Correction, void>,
): AsyncGenerator<P, Correction, void> {
  const detail = { key: 'activity_applying', facts: {} };
  const hold = await connection.use('apply', 'applying', detail, signal);
  try {
    await isSameTerminal(connection, signal);
    return yield* work();
  } finally {
    hold.release();
  }
}

interface Work {
  readonly request: 'applySettings' | 'undoCorrection';
  readonly caseId: string;
  readonly wanted: readonly Wanted[];
  readonly signal: AbortSignal;
  readonly undoes?: Correction;
}

async function* journalled(
  context: Context,
  connection: Connection,
  { request, caseId, wanted, signal, undoes }: Work,
): AsyncGenerator<Progress<'applySettings'>, Correction, void> {
  const { records, log } = context;
  const { terminalId } = connection;
  const facts = { keys: wanted.map(({ setting }) => setting.key) };
  const entry = { request, terminalId, caseId, phase: 'apply', facts };
  const journalId = await records.journalBegin(entry);
  let correction: Correction;
  try {
    correction = yield* applyValues({ connection, caseId, wanted, signal, log });
  } catch (error) {
    await records.journalEnd(journalId);
    throw error;
  }
  if (undoes) correction = await asUndone(context, undoes, correction);
  else await records.saveCorrection(correction);
  const { atUtc } = correction;
  await records.appendEvent(caseId, { kind: 'correction', atUtc, correction });
  await records.journalEnd(journalId);
  return correction;
}

async function asUndone(
  { records }: Context,
  old: Correction,
  correction: Correction,
): Promise<Correction> {
  if (correction.outcome !== 'applied') return correction;
  await records.markUndone(old.id);
  const secrets = old.changes
    .filter(({ secret }) => secret)
    .map((change) => ({ ...change, verified: false }));
  return { ...correction, outcome: 'undone', changes: [...correction.changes, ...secrets] };
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

/**
 * Newest change first, so that a key changed twice ends at its first value. The values are not held
 * against the profile: what was wrong before the correction is what the undo is to bring back.
 */
function valuesBefore(profile: Profile, old: Correction): Wanted[] {
  const undoable = ['applied', 'partly-applied'].includes(old.outcome);
  const values = old.changes.toReversed().flatMap(({ key, before, secret }): Wanted[] => {
    if (secret) return [];
    const value = before === null ? null : new TextEncoder().encode(before);
    return [{ setting: settingOf(profile, key), value }];
  });
  if (!undoable || values.length === 0) throw new BridgeFault('nothing-to-undo');
  return values;
}

function settingOf(profile: Profile, key: string): Setting {
  const setting = profile.settings.find((candidate) => candidate.key === key);
  if (!setting) throw new BridgeFault('setting-unknown', { key, profile: profile.name });
  return setting;
}
