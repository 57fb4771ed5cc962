/**
 * Writing settings so that nothing is half done in silence: each value is read, written and read
 * back; all are kept (commit, save) at the end. Where one does not take, or keeping them fails,
 * what was written is put back, that one included, and what is then there is read once more.
 */
import { randomUUID } from 'node:crypto';
import { BridgeFault, faultOf } from '../contract/bridge-fault.ts';
import type { Correction } from '../contract/correction.ts';
import type { Connection } from '../connections/connection.ts';
import type { Log } from '../records/log.ts';
import type { SmpSession } from '../sessions/smp/smp-session.ts';
import type { Setting } from '../terminals/profile.ts';
import {
  keepSettings,
  readSetting,
  sameValue,
  shownText,
  writeSetting,
  type Value,
} from './setting-value.ts';

export interface Wanted {
  readonly setting: Setting;
  readonly value: Value;
}

export interface Applying {
  readonly connection: Connection;
  readonly caseId: string;
  readonly wanted: readonly Wanted[];
  readonly signal: AbortSignal;
  readonly log: Log;
}

/** A value that was written, or may have been. */
interface Written {
  readonly wanted: Wanted;
  readonly before: Value;
  readonly readBack: Value;
  readonly verified: boolean;
  /** The terminal said no: a secret, which can't be read back, is as it was. */
  readonly refused: boolean;
}

/**
 * Yields the key it comes to. Throws only where nothing was changed: the first value can't be
 * read, or `cancelled` before anything was written.
 */
export async function* applyValues(
  work: Applying,
): AsyncGenerator<{ key: string; done: number; of: number }, Correction, void> {
  const { connection, wanted, signal, log } = work;
  const { session } = connection;
  const written: Written[] = [];
  for (const [done, one] of secretsLast(wanted).entries()) {
    yield { key: one.setting.key, done, of: wanted.length };
    // A cancel is honoured between two settings; what was applied is put back.
    if (signal.aborted && written.length === 0) throw new BridgeFault('cancelled');
    const outcome = signal.aborted ? null : await writeOne(session, one, written.length === 0, log);
    if (outcome) written.push(outcome);
    if (outcome?.verified !== true) return await putBack(work, written, false);
  }
  try {
    await keepSettings(session);
  } catch (error) {
    log.warn(`settings were not kept: ${faultOf(error).code}`);
    return await putBack(work, written, true);
  }
  return correctionOf(work, 'applied', written);
}

/** What can be put back goes first: a refusal of it then leaves no new secret behind. */
function secretsLast(wanted: readonly Wanted[]): Wanted[] {
  return wanted.toSorted((a, b) => Number(a.setting.secret) - Number(b.setting.secret));
}

/** null: its value could not be read, so it was not touched; for the first one that is thrown. */
async function writeOne(
  session: SmpSession,
  wanted: Wanted,
  first: boolean,
  log: Log,
): Promise<Written | null> {
  const { setting, value } = wanted;
  let before: Value = null;
  try {
    if (!setting.secret) before = await readSetting(session, setting);
    shownText(before);
  } catch (error) {
    if (first) throw error;
    log.warn(`${setting.key} can't be read: ${faultOf(error).code}`);
    return null;
  }
  let refused = false;
  try {
    await writeSetting(session, setting, value);
  } catch (error) {
    const { code } = faultOf(error);
    log.warn(`${setting.key} was not written: ${code}`);
    refused = ['command-refused', 'command-unsupported', 'message-too-large'].includes(code);
    if (setting.secret) return { wanted, before, readBack: null, verified: false, refused };
  }
  if (setting.secret) return { wanted, before, readBack: null, verified: true, refused };
  const now = await tryRead(session, setting);
  const verified = now !== undefined && sameValue(now, value);
  return { wanted, before, readBack: now ?? null, verified, refused };
}

async function tryRead(session: SmpSession, setting: Setting): Promise<Value | undefined> {
  return await readSetting(session, setting).catch(() => undefined);
}

/** Puts back what was written, newest first; `kept`: it may have been made to last already. */
async function putBack(
  work: Applying,
  written: readonly Written[],
  kept: boolean,
): Promise<Correction> {
  const { session } = work.connection;
  let clean = true;
  const results: Written[] = [];
  for (const one of written.toReversed()) {
    if (one.wanted.setting.secret) {
      clean &&= one.refused;
      results.unshift(one);
      continue;
    }
    const now = await restore(session, one.wanted.setting, one.before);
    clean &&= now !== undefined && sameValue(now, one.before);
    results.unshift({ ...one, readBack: now ?? null, verified: false });
  }
  if (kept) {
    clean &&= await keepSettings(session).then(
      () => true,
      () => false,
    );
  }
  return correctionOf(work, clean ? 'reverted' : 'partly-applied', results);
}

/** The value after trying; undefined where it can't be read. Not written where it is so already. */
async function restore(
  session: SmpSession,
  setting: Setting,
  before: Value,
): Promise<Value | undefined> {
  const now = await tryRead(session, setting);
  if (now !== undefined && sameValue(now, before)) return now;
  await writeSetting(session, setting, before).catch(() => undefined);
  return await tryRead(session, setting);
}

function correctionOf(
  { connection, caseId }: Applying,
  outcome: Correction['outcome'],
  written: readonly Written[],
): Correction {
  return {
    id: randomUUID(),
    caseId,
    terminalId: connection.terminalId,
    atUtc: new Date().toISOString(),
    outcome,
    changes: written.map(changeOf),
    restartNeeded:
      outcome !== 'reverted' && written.some(({ wanted }) => wanted.setting.restartNeeded),
  };
}

function changeOf({ wanted, before, readBack, verified }: Written): Correction['changes'][number] {
  const { key, secret } = wanted.setting;
  const text = (value: Value) => (secret ? null : shownOrNull(value));
  return {
    key,
    before: text(before),
    after: text(wanted.value),
    readBack: text(readBack),
    secret,
    verified,
  };
}

/** What was read back may be anything; that it is not what was written is said by `verified`. */
function shownOrNull(value: Value): string | null {
  try {
    return shownText(value);
  } catch {
    return null;
  }
}
