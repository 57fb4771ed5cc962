/** Settings over SMP: a byte string for a name, in the device's own store. */
import { faultOf } from '../../contract/bridge-fault.ts';
import {
  settingCommit,
  settingDelete,
  settingRead,
  settingSave,
  settingWrite,
} from '../../protocols/smp/settings/index.ts';
import type { SmpSession } from '../../sessions/smp/smp-session.ts';
import type { Place, Value } from '../setting-value.ts';

const requestTimeoutMs = 4_000;
/** Version 1's `no-entry` also stands for "may not be read", so only version 2 can say this. */
const notSet = 'settings/key-not-found';

export async function readSmpSetting(
  session: SmpSession,
  { source: { key } }: Place,
  signal?: AbortSignal,
): Promise<Value> {
  const wait = { timeoutMs: requestTimeoutMs, signal };
  return await valueOr(async () => (await session.request(settingRead, { key }, wait)).value);
}

/** What the asking brings; null where the terminal says that it has no such value. */
export async function valueOr(ask: () => Promise<Uint8Array>): Promise<Value> {
  try {
    return await ask();
  } catch (error) {
    const { code, facts } = faultOf(error);
    if (code === 'command-refused' && facts['meaning'] === notSet) return null;
    throw error;
  }
}

/** Writes the value, or removes it where it is to be none. */
export async function writeSmpSetting(
  session: SmpSession,
  { source: { key } }: Place,
  value: Value,
): Promise<void> {
  const wait = { timeoutMs: requestTimeoutMs };
  if (value === null) await session.request(settingDelete, { key }, wait);
  else await session.request(settingWrite, { key, value }, wait);
}

/** Makes what was written take effect and last. */
export async function keepSmpSettings(session: SmpSession): Promise<void> {
  const wait = { timeoutMs: requestTimeoutMs };
  await session.request(settingCommit, undefined, wait);
  await session.request(settingSave, {}, wait);
}
