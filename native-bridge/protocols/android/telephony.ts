/**
 * `dumpsys telephony.registry` (TelephonyRegistry.dump): the last known state of each phone (a slot
 * for a SIM). The local logs below repeat earlier states in the same words. Of several phones the
 * one counts that has the data connection, else one that is registered.
 */
import { readService, type Service } from './service-state.ts';
import { readSignal, type Signal } from './signal-strength.ts';
import { linesOf } from './text.ts';
import { integerOf } from './values.ts';

export interface Telephony extends Service, Signal {
  /** A data connection is up; null also where that is being changed. */
  readonly dataConnected: boolean | null;
}

const MAX_PHONES = 8;

export function parseTelephony(text: string): Telephony {
  const phones = readPhones(text).map(readPhone);
  return (
    phones.find((phone) => phone.dataConnected === true) ??
    phones.find((phone) => phone.registered === true) ??
    phones.find((phone) => phone.registered !== null) ??
    phones[0] ??
    readPhone(new Map())
  );
}

/** The lines `mKey=value` of each phone, the first of a key. */
function readPhones(text: string): ReadonlyMap<string, string>[] {
  const phones: Map<string, string>[] = [];
  for (const line of linesOf(text)) {
    if (/^\s{0,8}(?:local|listen) logs:/.test(line)) break;
    if (/^\s{0,8}Phone Id=\d/.test(line) && phones.length < MAX_PHONES) phones.push(new Map());
    const [, key, value] = /^\s{0,16}(m[A-Za-z]{1,40})=(.*)$/.exec(line) ?? [];
    if (key === undefined || value === undefined) continue;
    if (phones.length === 0 && key === 'mServiceState') phones.push(new Map());
    const phone = phones.at(-1);
    if (phone?.has(key) === false) phone.set(key, value);
  }
  return phones;
}

function readPhone(phone: ReadonlyMap<string, string>): Telephony {
  return {
    ...readService(phone.get('mServiceState')),
    ...readSignal(phone.get('mSignalStrength')),
    dataConnected: connectedOf(integerOf(phone.get('mDataConnectionState')?.trim())),
  };
}

/** TelephonyManager.DATA_*: disconnected, connecting, connected, suspended, disconnecting, handing over. */
function connectedOf(state: number | null): boolean | null {
  if (state === 2) return true;
  return state === 0 || state === 1 || state === 3 ? false : null;
}
