/**
 * Settings and corrections: read, before and after, apply, read back, undo. A change that does
 * not take puts back what went before it; the terminal is never left half corrected in silence.
 */
import { randomUUID } from 'node:crypto';
import { BridgeFault, faultOf } from '../contract/bridge-fault.ts';
import type { Correction, SettingChange, SettingRow } from '../contract/correction.ts';
import type { Params, Progress, Result } from '../contract/requests.ts';
import type { Connection } from '../connections/connection.ts';
import {
  settingCommit,
  settingRead,
  settingSave,
  settingWrite,
} from '../protocols/smp/settings/index.ts';
import type { SmpSession } from '../sessions/smp/smp-session.ts';
import type { Profile, Setting } from '../terminals/profile.ts';
import { checkSettingValue, expectationFacts } from '../terminals/setting-value.ts';
import type { Context } from './context.ts';
import { plainText } from './plain-text.ts';
import { theCase } from './the-case.ts';

const requestTimeoutMs = 4_000;

export async function readSettings(
  context: Context,
  { terminalId }: Params<'readSettings'>,
  signal: AbortSignal,
): Promise<Result<'readSettings'>> {
  const connection = context.connections.get(terminalId);
  const detail = { key: 'activity_reading', facts: {} };
  const hold = await connection.use('read', 'reading', detail, signal);
  try {
    const rows = await settingRows(connection.session, connection.profile, signal);
    return { terminalId, rows };
  } finally {
    hold.release();
  }
}

/** Every setting of the profile as it is now, beside what it should be. Secrets are not read. */
export async function settingRows(
  session: SmpSession,
  profile: Profile,
  signal: AbortSignal,
): Promise<SettingRow[]> {
  const rows: SettingRow[] = [];
  for (const setting of profile.settings) rows.push(await settingRow(session, setting, signal));
  return rows;
}

async function settingRow(
  session: SmpSession,
  setting: Setting,
  signal: AbortSignal,
): Promise<SettingRow> {
  const { key, labels, type, expected, secret, restartNeeded } = setting;
  const base = { key, labels: { ...labels }, type, expected, secret, restartNeeded };
  if (secret) return { ...base, expected: null, current: null, differs: false, failure: null };
  try {
    const current = await readValue(session, setting, signal);
    const differs = expected !== null && current !== expected;
    return { ...base, current, differs, failure: null };
  } catch (error) {
    const failure = faultOf(error, signal.aborted);
    if (['cancelled', 'port-vanished'].includes(failure.code)) throw error;
    return { ...base, current: null, differs: false, failure };
  }
}

/** null: the terminal has no such value. */
async function readValue(
  session: SmpSession,
  setting: Setting,
  signal?: AbortSignal,
): Promise<string | null> {
  const wait = { timeoutMs: requestTimeoutMs, signal };
  const { value } = await session.request(settingRead, { key: setting.source.key }, wait);
  return plainText(new TextDecoder('utf-8', { fatal: true }).decode(value));
}

export async function* applySettings(
  context: Context,
  { terminalId, caseId, changes }: Params<'applySettings'>,
  signal: AbortSignal,
): AsyncGenerator<Progress<'applySettings'>, Result<'applySettings'>, void> {
  const connection = context.connections.get(terminalId);
  const wanted = changes.map((change) => checked(connection.profile, change));
  const theId = (await theCase(context, connection, caseId)).id;
  const detail = { key: 'activity_applying', facts: {} };
  const hold = await connection.use('apply', 'applying', detail, signal);
  try {
    const journalId = await context.records.journalBegin({
      request: 'applySettings',
      terminalId,
      caseId: theId,
      phase: 'apply',
      facts: { keys: wanted.map(({ setting }) => setting.key) },
    });
    const correction = yield* applyAll(connection, theId, wanted, signal);
    await context.records.saveCorrection(correction);
    await context.records.appendEvent(theId, event(correction));
    await context.records.journalEnd(journalId);
    return correction;
  } finally {
    hold.release();
  }
}

/** Puts the values back that were there before, and reads them back. */
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
  const changes = old.changes.flatMap(({ key, before, secret }) =>
    before === null || secret ? [] : [checked(connection.profile, { key, value: before })],
  );
  if (changes.length === 0) throw new BridgeFault('nothing-to-undo');
  const detail = { key: 'activity_applying', facts: {} };
  const hold = await connection.use('apply', 'applying', detail, signal);
  try {
    const steps = applyAll(connection, old.caseId, changes, signal);
    let step = await steps.next();
    while (step.done !== true) step = await steps.next();
    const undone: Correction =
      step.value.outcome === 'applied' ? { ...step.value, outcome: 'undone' } : step.value;
    if (undone.outcome === 'undone') await context.records.markUndone(old.id);
    await context.records.appendEvent(old.caseId, event(undone));
    return undone;
  } finally {
    hold.release();
  }
}

interface Wanted {
  readonly setting: Setting;
  readonly value: string;
}

/** Throws `setting-unknown`, `setting-value-invalid`. */
function checked(profile: Profile, { key, value }: SettingChange): Wanted {
  const setting = profile.settings.find((candidate) => candidate.key === key);
  if (!setting) throw new BridgeFault('setting-unknown', { key, profile: profile.name });
  const expected = checkSettingValue(setting, value);
  if (expected !== null) {
    const found = setting.secret ? '***' : value.slice(0, 80);
    const facts = { key, found, ...expectationFacts(expected) };
    throw new BridgeFault('setting-value-invalid', facts);
  }
  return { setting, value };
}

type Change = Correction['changes'][number];

async function* applyAll(
  connection: Connection,
  caseId: string,
  wanted: readonly Wanted[],
  signal: AbortSignal,
): AsyncGenerator<Progress<'applySettings'>, Correction, void> {
  const { session } = connection;
  const changes: Change[] = [];
  for (const [done, { setting, value }] of wanted.entries()) {
    yield { key: setting.key, done, of: wanted.length };
    // A cancel is honoured between two settings; what was applied is put back below.
    const change = signal.aborted
      ? null
      : await applyOne(session, setting, value).catch((error: unknown) => {
          if (changes.length === 0) throw error;
          return null;
        });
    if (change?.verified !== true) {
      if (change) changes.push(change);
      return await putBack(connection, caseId, changes, wanted);
    }
    changes.push(change);
  }
  const wait = { timeoutMs: requestTimeoutMs };
  await session.request(settingCommit, undefined, wait);
  await session.request(settingSave, {}, wait);
  return correctionOf(connection, caseId, 'applied', changes, wanted);
}

async function applyOne(session: SmpSession, setting: Setting, value: string): Promise<Change> {
  const { key, secret } = setting;
  const before = secret ? null : await readValue(session, setting);
  const bytes = new TextEncoder().encode(value);
  const wait = { timeoutMs: requestTimeoutMs };
  let refused = false;
  try {
    await session.request(settingWrite, { key: setting.source.key, value: bytes }, wait);
  } catch (error) {
    if (!['command-refused', 'reply-timeout'].includes(faultOf(error).code)) throw error;
    refused = true;
  }
  const readBack = secret ? null : await readValue(session, setting);
  const verified = secret ? !refused : readBack === value;
  return { key, before, after: secret ? null : value, readBack, secret, verified };
}

/** Undoes the changes made so far, newest first. */
async function putBack(
  connection: Connection,
  caseId: string,
  changes: readonly Change[],
  wanted: readonly Wanted[],
): Promise<Correction> {
  const { session } = connection;
  let clean = true;
  const result: Change[] = [];
  for (const change of changes.toReversed()) {
    const setting = wanted.find((w) => w.setting.key === change.key)?.setting;
    if (!setting || change.before === null) {
      clean = false;
      result.unshift(change);
      continue;
    }
    const back = await applyOne(session, setting, change.before).catch(() => null);
    clean &&= back?.verified === true;
    result.unshift({ ...change, readBack: back?.readBack ?? null, verified: false });
  }
  const outcome = clean ? 'reverted' : 'partly-applied';
  return correctionOf(connection, caseId, outcome, result, wanted);
}

function correctionOf(
  connection: Connection,
  caseId: string,
  outcome: Correction['outcome'],
  changes: Change[],
  wanted: readonly Wanted[],
): Correction {
  return {
    id: randomUUID(),
    caseId,
    terminalId: connection.terminalId,
    atUtc: new Date().toISOString(),
    outcome,
    changes,
    restartNeeded: wanted.some(({ setting }) => setting.restartNeeded),
  };
}

function event(correction: Correction) {
  return { kind: 'correction' as const, atUtc: correction.atUtc, correction };
}
