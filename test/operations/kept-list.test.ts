/** Lists that the technician keeps: another version's entries are none of ours to drop. */
import { expect, it } from 'vitest';
import { z } from 'zod';
import { KeptList } from '../../native-bridge/operations/kept-list.ts';
import { openRecords } from '../../native-bridge/records/records.ts';
import { temporaryFolder } from '../records/support.ts';

const schema = z.object({ key: z.string() });

it('what a newer version has put there stays when an older one changes the list', async () => {
  const records = await openRecords({ dataFolder: temporaryFolder() });
  const newer = [{ key: 'a', colour: 'red' }, { key: 'b' }, { kind: 'hub', port: 3 }, 'all'];
  await records.setPreference('ports', JSON.stringify(newer));
  const list = new KeptList(records, 'ports', schema);
  const known = await list.list();
  expect(known).toEqual([{ key: 'a' }, { key: 'b' }]);
  await list.change((all) => [...all.filter(({ key }) => key !== 'b'), { key: 'c' }]);
  expect(await list.list()).toEqual([{ key: 'a' }, { key: 'c' }]);
  expect(JSON.parse((await records.getPreference('ports')) ?? '')).toEqual([
    { key: 'a', colour: 'red' },
    { key: 'c' },
    { kind: 'hub', port: 3 },
    'all',
  ]);
  await records.close();
});

it('what two programs add at once is all kept', async () => {
  const dataFolder = temporaryFolder();
  const programs = await Promise.all([openRecords({ dataFolder }), openRecords({ dataFolder })]);
  const lists = programs.map((records) => new KeptList(records, 'ports', schema));
  const keys = Array.from({ length: 20 }, (_, n) => `key-${String(n).padStart(2, '0')}`);
  const add = async (key: string, n: number) =>
    await lists[n % 2]?.change((known) => [...known, { key }]);
  await Promise.all(keys.map(add));
  const kept = (await lists[0]?.list()) ?? [];
  expect(kept.map(({ key }) => key).sort()).toEqual(keys);
  await Promise.all(programs.map((records) => records.close()));
});
