/** By how much each counter differs between two readings. Counters have up to 64 bits. */
import type { StatisticsGroup } from '../../native-bridge/contract/statistics.ts';

/** Group and field are the device's own names: no separator is safe, so the key is a list. */
export function counterKey(group: string, field: string): string {
  return JSON.stringify([group, field]);
}

/**
 * `+12` or `-3` in plain digits, by `counterKey`; nothing for what is as it was, was not there, or
 * stands there twice under one name.
 */
export function counterChanges(
  before: readonly StatisticsGroup[],
  latest: readonly StatisticsGroup[],
): Map<string, string> {
  const old = valuesOf(before);
  const changes = new Map<string, string>();
  for (const [key, value] of valuesOf(latest)) {
    const was = old.get(key);
    if (value === null || was === undefined || was === null || was === value) continue;
    const change = value - was;
    changes.set(key, change > 0n ? `+${change}` : String(change));
  }
  return changes;
}

/** null: more than one has this name. */
function valuesOf(groups: readonly StatisticsGroup[]): Map<string, bigint | null> {
  const values = new Map<string, bigint | null>();
  for (const group of groups) {
    for (const { name, value } of group.fields) {
      const key = counterKey(group.name, name);
      values.set(key, values.has(key) ? null : BigInt(value));
    }
  }
  return values;
}
