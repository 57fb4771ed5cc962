/** Opens records, writes a visit, and tells how it went as JSON. Argument: data folder. */
import { openRecords, RecordsError } from '../../../native-bridge/records/records.ts';

const [dataFolder = ''] = process.argv.slice(2);
try {
  const records = await openRecords({ dataFolder });
  const serialNumber = `by ${process.pid}`;
  const { id } = await records.upsertTerminal(
    {
      serialNumber,
      basis: 'serial-number',
      model: 'm',
      hardware: null,
      firmwareVersion: null,
      firmwareHash: null,
    },
    'tcp://127.0.0.1:1',
    'p',
  );
  console.log(JSON.stringify({ code: 'ok', id }));
  await records.close();
} catch (error) {
  if (!(error instanceof RecordsError)) throw error;
  console.log(JSON.stringify({ code: error.code, facts: error.facts }));
}
