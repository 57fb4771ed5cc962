/**
 * One setting's value on the terminal: bytes. They are compared and put back as bytes; what is
 * shown is their text without control characters. It is not masked: whether a setting is a secret
 * is said by the profile, and a number that looks like a card's may be the merchant's.
 */
import { BridgeFault, faultOf } from '../contract/bridge-fault.ts';
import {
  settingCommit,
  settingDelete,
  settingRead,
  settingSave,
  settingWrite,
} from '../protocols/smp/settings/index.ts';
import type { SmpSession } from '../sessions/smp/smp-session.ts';
import type { Setting } from '../terminals/profile.ts';
import { visibleText } from './plain-text.ts';

const requestTimeoutMs = 4_000;
/** Version 1's `no-entry` also stands for "may not be read", so only version 2 can say this. */
const notSet = 'settings/key-not-found';

/** null: the terminal has no such value. */
export type Value = Uint8Array | null;

export async function readSetting(
  session: SmpSession,
  { source: { key } }: Setting,
  signal?: AbortSignal,
): Promise<Value> {
  try {
    const { value } = await session.request(
      settingRead,
      { key },
      { timeoutMs: requestTimeoutMs, signal },
    );
    return value;
  } catch (error) {
    const { code, facts } = faultOf(error);
    if (code === 'command-refused' && facts['meaning'] === notSet) return null;
    throw error;
  }
}

/** Writes the value, or removes it where it is to be none. */
export async function writeSetting(
  session: SmpSession,
  { source: { key } }: Setting,
  value: Value,
): Promise<void> {
  const wait = { timeoutMs: requestTimeoutMs };
  if (value === null) await session.request(settingDelete, { key }, wait);
  else await session.request(settingWrite, { key, value }, wait);
}

/** Makes what was written take effect and last. */
export async function keepSettings(session: SmpSession): Promise<void> {
  const wait = { timeoutMs: requestTimeoutMs };
  await session.request(settingCommit, undefined, wait);
  await session.request(settingSave, {}, wait);
}

/** The value's text as it is. Throws `reply-malformed` for bytes that are no UTF-8. */
export function textOf(value: Value): string | null {
  if (value === null) return null;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(value);
  } catch (cause) {
    const facts = { command: 'settings/read', expected: 'UTF-8' };
    throw new BridgeFault('reply-malformed', facts, { cause });
  }
}

export function shownText(value: Value): string | null {
  const text = textOf(value);
  return text === null ? null : visibleText(text);
}

export function sameValue(a: Value, b: Value): boolean {
  if (a === null || b === null) return a === b;
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}
