/**
 * What a FAIL means. Its words are the boot loader's own and in no list: only two meanings are told
 * apart, since each has its own advice; everything else is a refusal with the device's words.
 */

export type RefusalMeaning = 'locked' | 'unsupported' | 'other';

const writes =
  /^(?:flash|erase|format|set_active|download|boot|update-super|resize-logical-partition|snapshot-update|oem)\b/;
/** "not allowed in Lock State", "Device is locked", "Flashing is not allowed for critical partitions". */
const locked = /\block(?:ed)?\b|\bnot allowed\b|\bnot permitted\b|\bpermission denied\b/i;
/** "unknown command", "Unrecognized command oem", "command not supported". */
const unsupported =
  /\b(?:unknown|unrecognized|unsupported|invalid)\s+(?:command|cmd)\b|\bnot (?:supported|implemented)\b/i;

export function meaningOfRefusal(command: string, words: string): RefusalMeaning {
  if (unsupported.test(words)) return 'unsupported';
  return writes.test(command) && locked.test(words) ? 'locked' : 'other';
}
