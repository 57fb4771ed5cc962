import { type SmpCommand } from '../command.ts';
import { readTexts } from '../fields.ts';
import { GROUP } from '../groups.ts';
import { encodeNothing } from '../nothing.ts';

/** The names of the statistics groups. Zephyr, statistics group, "Statistics: list of groups". */
export const statisticsList: SmpCommand<void, { readonly names: readonly string[] }> = {
  name: 'statistics/list',
  group: GROUP.statistics,
  id: 1,
  operation: 'read',
  idempotent: true,
  encode: encodeNothing,
  decode: (body) => ({ names: readTexts(body, 'stat_list') }),
};
