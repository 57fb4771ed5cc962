/**
 * Works as a technician does, for ever: a lock, the journal, events, corrections. Before and after
 * each write it says what it is about to do and what was acknowledged, as JSON lines. Arguments:
 * data folder, terminal, case, number of the round.
 */
import { openRecords } from '../../../native-bridge/records/records.ts';

const [dataFolder = '', terminalId = '', caseId = '', round = ''] = process.argv.slice(2);
const say = (line: object) => process.stdout.write(`${JSON.stringify(line)}\n`);

const records = await openRecords({ dataFolder, program: 'worker' });
const atUtc = new Date().toISOString();
for (let job = 0; ; job++) {
  const lock = await records.acquire(`terminal ${terminalId}`);
  const entry = { request: 'applySettings', terminalId, caseId, phase: 'begun' };
  const { id } = await records.journalBegin({ ...entry, facts: { job } });
  say({ began: id });
  for (let step = 0; step < 2; step++) {
    await records.journalPhase(id, `step ${step}`, { step });
    say({ reached: id, phase: `step ${step}` });
    const text = `${round}/${job}/${step} ${'x'.repeat((job * 7919) % 6000)}`;
    await records.appendEvent(caseId, { kind: 'note', atUtc, text });
    say({ noted: text });
  }
  const correction = {
    id: `correction ${round}/${job}`,
    caseId,
    terminalId,
    atUtc,
    outcome: 'applied' as const,
    changes: [],
    restartNeeded: false,
  };
  say({ ending: id });
  await records.endCorrection({ correction, keep: true, undoes: null, journalId: id });
  say({ ended: id, correction: correction.id });
  await lock.release();
}
