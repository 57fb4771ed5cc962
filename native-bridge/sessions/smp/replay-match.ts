/**
 * Is it the request that was recorded? By what it says, not by its bytes: another client orders its
 * keys otherwise. Where the recording has a dummy in place of a secret, any secret is right.
 */
import type { CborMap, CborValue } from '../../protocols/cbor.ts';
import type { SmpHeader } from '../../protocols/smp/header.ts';
import { isSettingValue } from './redactor.ts';

/** How a request is compared: `dummies`: what stands where the recording has a dummy may differ. */
export type Likeness = 'same' | 'dummies';

/** What the redactor puts in place of a secret, and the least that it hides wherever it stands. */
const DUMMY = 0x78;
const MIN_HIDDEN_BYTES = 4;

/** `asked` and `recorded` are bodies of requests of the same command. */
export function sameRequest(
  header: SmpHeader,
  asked: CborMap,
  recorded: CborMap,
  likeness: Likeness,
): boolean {
  if (asked.size !== recorded.size) return false;
  for (const [key, value] of recorded) {
    if (!asked.has(key)) return false;
    // A dummy is as long as the secret was; whoever replays it does not know the secret.
    const isHidden = likeness === 'dummies' && isSettingValue(header, key) && isDummy(value);
    if (!isHidden && !sameValue(asked.get(key), value, likeness)) return false;
  }
  return true;
}

function isDummy(value: CborValue): boolean {
  return value instanceof Uint8Array && value.length > 0 && value.every((byte) => byte === DUMMY);
}

function sameValue(asked: CborValue, recorded: CborValue, likeness: Likeness): boolean {
  if (recorded instanceof Uint8Array) {
    return asked instanceof Uint8Array && sameBytes(asked, recorded, likeness);
  }
  if (typeof recorded === 'string' && typeof asked === 'string' && likeness === 'dummies') {
    return sameBytes(Buffer.from(asked), Buffer.from(recorded), likeness);
  }
  if (recorded instanceof Map) {
    return asked instanceof Map && sameMap(asked as CborMap, recorded as CborMap, likeness);
  }
  if (Array.isArray(recorded)) {
    return Array.isArray(asked) && sameList(asked, recorded, likeness);
  }
  return Object.is(asked, recorded);
}

function sameMap(asked: CborMap, recorded: CborMap, likeness: Likeness): boolean {
  if (asked.size !== recorded.size) return false;
  return [...recorded].every(
    ([key, value]) => asked.has(key) && sameValue(asked.get(key), value, likeness),
  );
}

function sameList(
  asked: readonly CborValue[],
  recorded: readonly CborValue[],
  likeness: Likeness,
): boolean {
  if (asked.length !== recorded.length) return false;
  return recorded.every((value, index) => sameValue(asked[index], value, likeness));
}

function sameBytes(asked: Uint8Array, recorded: Uint8Array, likeness: Likeness): boolean {
  if (asked.length !== recorded.length) return false;
  if (Buffer.compare(asked, recorded) === 0) return true;
  if (likeness === 'same') return false;
  for (let at = 0; at < recorded.length;) {
    const dummyBytes = dummyLength(recorded, at);
    if (dummyBytes < MIN_HIDDEN_BYTES && asked[at] !== recorded[at]) return false;
    at += dummyBytes < MIN_HIDDEN_BYTES ? 1 : dummyBytes;
  }
  return true;
}

/** How many dummies stand in a row from there on. */
function dummyLength(bytes: Uint8Array, from: number): number {
  let to = from;
  while (bytes[to] === DUMMY) to++;
  return to - from;
}
