/** Appends events to a case for ever, telling each one that was kept. Arguments: data folder, case. */
import { openRecords } from '../../../native-bridge/records/records.ts';

const [dataFolder = '', caseId = '', count = 'Infinity'] = process.argv.slice(2);
const records = await openRecords({ dataFolder, program: 'writer' });
await records.journalBegin({ request: 'flash', terminalId: null, caseId, phase: 'upload' });
for (let index = 0; index < Number(count); index++) {
  const text = `${index} ${'x'.repeat(1 + ((index * 7919) % 9000))}`;
  await records.appendEvent(caseId, { kind: 'note', atUtc: new Date().toISOString(), text });
  console.log(index);
}
await records.close();
