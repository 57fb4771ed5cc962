/** Cases whose records are damaged are named in the list, and all the others stand there. */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openRecords } from '../../native-bridge/records/records.ts';
import { openDatabase } from '../../native-bridge/records/sqlite.ts';
import { openedCase } from '../records/support.ts';
import { startApp, temporaryFolder } from './harness.ts';
import { picture } from './pictures.ts';

test('a damaged case is named above the list of all the others', async () => {
  const dataFolder = temporaryFolder();
  const records = await openRecords({ dataFolder });
  await openedCase(records);
  const broken = await openedCase(records);
  await openedCase(records);
  await records.close();
  const database = openDatabase(join(dataFolder, 'records.db'), 1_000);
  database.exec(`UPDATE cases SET identity = '{' WHERE id = '${broken.caseId}'`);
  database.close();

  const app = await startApp({ dataFolder });
  const { at } = app;
  await at('rail-records').click();
  await at('cases-damaged').waitFor();
  expect(await at('cases-damaged').innerText()).toContain(broken.caseId);
  expect(await at('case-row').count()).toBe(2);
  await picture(app, '101-records-damaged');
  expect(app.complaints).toEqual([]);
}, 120_000);
