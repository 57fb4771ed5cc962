/** Takes a lock, says so, and holds it until killed. Arguments: data folder, lock's name. */
import { openRecords, RecordsError } from '../../../native-bridge/records/records.ts';

const [dataFolder = '', name = ''] = process.argv.slice(2);
const records = await openRecords({ dataFolder, program: 'other' });
try {
  await records.acquire(name);
  console.log('held');
  setInterval(() => undefined, 1000);
} catch (error) {
  console.log(error instanceof RecordsError ? error.code : String(error));
  await records.close();
}
