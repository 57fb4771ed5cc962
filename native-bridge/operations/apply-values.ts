/**
 * Writing settings so that nothing is half done in silence: every value is read first, then each is
 * written and read back; all are kept (commit, save) at the end. Where one does not take, or
 * keeping them fails, what was written is put back, that one included, and what is then there is
 * read once more.
 */
import { randomUUID } from 'node:crypto';
import { BridgeFault, faultOf } from '../contract/bridge-fault.ts';
import type { Correction } from '../contract/correction.ts';
import type { Fault } from '../contract/fault.ts';
import type { Connection } from '../connections/connection.ts';
import type { Log } from '../records/log.ts';
import type { TerminalSession } from '../connections/terminal-session.ts';
import type { Setting } from '../terminals/profile.ts';
import { changeOf, namesOf } from './correction-change.ts';
import { placeName, sameValue, type Value } from './setting-value.ts';
import { withoutSecret } from './without-secret.ts';
import { refuseBeyondLimits } from './setting-places/android-limits.ts';
import {
  checkDoor,
  forgetSecret,
  keepSettings,
  nameOfSecret,
  readSetting,
  secretIn,
  writeSetting,
  type SecretName,
} from './setting-places/index.ts';

/** Then the terminal holds what it held. */
const refusals: ReadonlySet<string> = new Set([
  'command-refused',
  'command-unsupported',
  'message-too-large',
  'setting-value-invalid',
  'wifi-carries-connection',
  'wifi-not-joined',
]);

export interface Wanted {
  readonly setting: Setting;
  readonly value: Value;
  /** A secret of this name is taken away. */
  readonly forget?: string;
}

export interface Planned extends Wanted {
  /** null of a secret too: it can't be read. */
  readonly before: Value;
  /** What of a secret may be told. */
  readonly secretName?: SecretName | null;
}

export interface Applying {
  readonly connection: Connection;
  readonly caseId: string;
  readonly planned: readonly Planned[];
  readonly signal: AbortSignal;
  readonly log: Log;
  /** Told when all is written and verified, before it is made to last. */
  readonly onWritten: () => Promise<void>;
}

/** A value that was written, or may have been. */
interface Written {
  readonly planned: Planned;
  readonly readBack: Value;
  readonly verified: boolean;
  /** The terminal said no: a secret, which can't be read back, is as it was. */
  readonly refused: boolean;
  readonly failure?: Fault;
}

/**
 * The values as they are before anything is written, in the order of writing: what can be put back
 * goes first, so that a refusal of it leaves no new secret behind. Throws what reading throws;
 * `door-unfit` of a secret too, which is not read; and what `refuseBeyondLimits` throws.
 */
export async function planValues(
  session: TerminalSession,
  wanted: readonly Wanted[],
  signal: AbortSignal,
): Promise<Planned[]> {
  const planned: Planned[] = [];
  for (const { setting } of wanted) checkDoor(session, setting);
  await refuseBeyondLimits(session, wanted, signal);
  const ordered = wanted.toSorted((a, b) => Number(a.setting.secret) - Number(b.setting.secret));
  for (const { setting, value, forget } of ordered) {
    const earlier = planned.findLast((one) => placeName(one.setting) === placeName(setting));
    let before: Value = null;
    if (earlier) before = earlier.value;
    else if (!setting.secret) before = await readSetting(session, setting, signal);
    planned.push({
      setting,
      value,
      before: setting.secret ? null : before,
      ...(forget !== undefined && { forget }),
      ...(setting.secret && { secretName: await nameOfSecret(session, setting, value) }),
    });
  }
  return planned;
}

/** Yields the key it comes to. Throws only `cancelled`, before anything was written. */
export async function* applyValues(
  work: Applying,
): AsyncGenerator<{ key: string; done: number; of: number }, Correction, void> {
  const { connection, planned, signal, log } = work;
  const { session } = connection;
  const written: Written[] = [];
  for (const [done, one] of planned.entries()) {
    yield { key: one.setting.key, done, of: planned.length };
    // A cancel is honoured between two settings; what was applied is put back.
    if (signal.aborted && written.length === 0) throw new BridgeFault('cancelled');
    if (signal.aborted) return await putBack(work, session, written, false);
    const outcome = await writeOne(session, one, log);
    written.push(outcome);
    if (!outcome.verified) return await putBack(work, session, written, false);
  }
  try {
    await work.onWritten();
    await keepSettings(session);
  } catch (error) {
    const notKept = faultOf(error);
    log.warn(`settings were not kept: ${notKept.code}`);
    return { ...(await putBack(work, session, written, true)), notKept };
  }
  return correctionOf(work, 'applied', written);
}

async function writeOne(session: TerminalSession, planned: Planned, log: Log): Promise<Written> {
  const { setting, value } = planned;
  let failure: Fault | undefined;
  try {
    if (planned.forget !== undefined) await forgetSecret(session, setting, planned.forget);
    else await writeSetting(session, setting, value);
  } catch (error) {
    failure = withoutSecret(faultOf(error), secretIn(setting, value));
    log.warn(`${setting.key} was not written: ${failure.code}`);
  }
  const refused = failure !== undefined && refusals.has(failure.code);
  const why = { refused, ...(failure && { failure }) };
  if (setting.secret) return { planned, readBack: null, verified: failure === undefined, ...why };
  const now = await tryRead(session, setting);
  const verified = now !== undefined && sameValue(now, value);
  return { planned, readBack: now ?? null, verified, ...(verified ? { refused } : why) };
}

async function tryRead(session: TerminalSession, setting: Setting): Promise<Value | undefined> {
  return await readSetting(session, setting).catch(() => undefined);
}

/**
 * Puts back what was written, newest first; `kept`: it may have been made to last already. With the
 * session it began with: the connection has none any more once the cable is out.
 */
async function putBack(
  work: Applying,
  session: TerminalSession,
  written: readonly Written[],
  kept: boolean,
): Promise<Correction> {
  let clean = true;
  const results: Written[] = [];
  for (const one of written.toReversed()) {
    const { setting, before } = one.planned;
    if (setting.secret) {
      clean &&= one.refused;
      results.unshift(one);
      continue;
    }
    const now = await restore(session, setting, before);
    clean &&= now !== undefined && sameValue(now, before);
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
  session: TerminalSession,
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
    changes: written.map(({ planned, readBack, verified, failure }) => {
      const { setting, before, value, secretName = null, forget } = planned;
      const { key, secret } = setting;
      const names = namesOf({ secretName, forget, verified });
      const values = { before, after: value, readBack };
      return changeOf({ key, secret, ...values, verified, names, failure });
    }),
    restartNeeded:
      outcome !== 'reverted' && written.some(({ planned }) => planned.setting.restartNeeded),
  };
}
