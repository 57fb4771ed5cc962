/** What an undo writes, and whether the terminal is still as the correction left it. */
import { BridgeFault } from '../../contract/bridge-fault.ts';
import type { Correction } from '../../contract/correction.ts';
import type { Profile, Setting } from '../../terminals/profile.ts';
import type { Planned, Wanted } from '../apply-values.ts';
import { changedSince } from '../interrupted/settle.ts';
import {
  encoded,
  fromHex,
  sameValue,
  valueBefore,
  type CorrectionChange,
  type Value,
} from '../setting-value.ts';

/** Throws `setting-unknown`. */
export function settingOf(profile: Profile, key: string): Setting {
  const setting = profile.settings.find((candidate) => candidate.key === key);
  if (!setting) throw new BridgeFault('setting-unknown', { key, profile: profile.name });
  return setting;
}

/**
 * Newest change first, a key that was changed twice once, with its first value. The values are not
 * held against the profile: what was wrong before the correction is what the undo is to bring back.
 * Throws `nothing-to-undo` where there are only secrets, `setting-unknown`.
 */
export function valuesBefore(profile: Profile, old: Correction): Wanted[] {
  const firsts = new Map<string, CorrectionChange>();
  for (const change of old.changes) {
    if (isUndoable(change) && !firsts.has(change.key)) firsts.set(change.key, change);
  }
  if (firsts.size === 0) throw new BridgeFault('nothing-to-undo');
  return [...firsts.values()]
    .toReversed()
    .map((change) => wantedBefore(settingOf(profile, change.key), change));
}

/** Of secrets only one that the terminal had not: its name is enough to take it away. */
export const isUndoable = ({ secret, names }: CorrectionChange): boolean =>
  !secret || (names?.before === null && names.after !== null);

function wantedBefore(setting: Setting, change: CorrectionChange): Wanted {
  if (!change.secret) return { setting, value: valueBefore(change) };
  return { setting, value: null, forget: change.names?.after ?? '' };
}

/** Throws `setting-changed-since`: what is there is neither what was written nor what was before. */
export function refuseChanged(old: Correction, planned: readonly Planned[]): void {
  for (const { setting, before: now, value } of planned) {
    if (setting.secret) continue;
    const last = old.changes.findLast(({ key }) => key === setting.key);
    if (!last || sameValue(now, value)) continue;
    const left = valuesLeft(last);
    if (left.some((known) => sameValue(now, known))) continue;
    throw changedSince(setting.key, left[0] ?? null, now);
  }
}

/** What the correction wrote, and what was read back after it. */
function valuesLeft({ after, readBack, verified, bytes }: CorrectionChange): Value[] {
  const wrote = bytes ? fromHex(bytes.after) : encoded(after);
  if (verified) return [wrote];
  return [wrote, bytes ? fromHex(bytes.readBack) : encoded(readBack)];
}
