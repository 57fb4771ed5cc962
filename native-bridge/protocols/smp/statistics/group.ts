import { type SmpCommand } from '../command.ts';
import { SmpFormatError } from '../errors.ts';
import { readMap, readText } from '../fields.ts';
import { GROUP } from '../groups.ts';

export interface StatisticsGroup {
  readonly name: string;
  /** Unsigned counters of up to 64 bits: beyond 2^53 as bigint. */
  readonly fields: ReadonlyMap<string, number | bigint>;
}

/** One group's counters. Zephyr, statistics group, "Statistics: group data". */
export const statisticsGroup: SmpCommand<{ readonly name: string }, StatisticsGroup> = {
  name: 'statistics/group',
  group: GROUP.statistics,
  id: 0,
  operation: 'read',
  idempotent: true,
  encode: ({ name }) => ({ name }),
  decode: (body) => {
    const fields = new Map<string, number | bigint>();
    for (const [field, value] of readMap(body, 'fields')) {
      if (typeof value !== 'bigint' && !Number.isSafeInteger(value)) {
        throw new SmpFormatError('field-type', { field });
      }
      fields.set(field, value as number | bigint);
    }
    return { name: readText(body, 'name'), fields };
  },
};
