/** The window's state where things happen out of turn: quick second clicks, late answers, a new line. */
import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { FlashResult } from '../../native-bridge/contract/firmware.ts';
import { BridgeClient } from '../../renderer/state/bridge-client.ts';
import { ConsoleLog } from '../../renderer/state/console-log.svelte.ts';
import type { CaseHolder } from '../../renderer/state/diagnosis-desk.ts';
import { DiagnosisRun } from '../../renderer/state/diagnosis-run.svelte.ts';
import { FlashRun } from '../../renderer/state/flash-run.svelte.ts';
import { Readings } from '../../renderer/state/readings.svelte.ts';
import { Terminals } from '../../renderer/state/terminals.svelte.ts';
import { WindowLine } from '../support/window-line.ts';

function connected(): { client: BridgeClient; line: WindowLine } {
  const client = new BridgeClient();
  const line = new WindowLine();
  client.attach(line);
  return { client, line };
}

const noCase = () => ({ caseId: null });
const terminal = (id: string, isConnected = true) => ({
  id,
  portUrl: `tcp://127.0.0.1:${id}`,
  profile: 'training-codebox',
  training: false,
  identity: {
    serialNumber: id,
    basis: 'serial-number',
    model: 'CB',
    hardware: null,
    firmwareVersion: null,
    firmwareHash: null,
  },
  connected: isConnected,
  activity: { kind: 'idle', detail: null, sinceUtc: '2026-01-01T00:00:00.000Z', fraction: null },
  interrupted: null,
  lastVisitUtc: null,
  lastCause: null,
  fault: null,
});
const ports = { ports: [], listedBy: 'system' };
const image = (name: string) => ({ fileId: name, name, sizeBytes: 1 });

test('an image chosen while another is looked at is the one that is planned', async () => {
  const { client, line } = connected();
  const flash = new FlashRun(client, 't', noCase());
  void flash.choose(image('old.bin'));
  const first = line.request('inspectFirmware');
  void flash.choose(image('new.bin'));
  await line.answer(first, { of: 'old.bin' });
  await line.answer(line.request('inspectFirmware'), { of: 'new.bin' });
  await line.answer(line.request('planFlash'), { fileId: 'new.bin', blockers: [] });
  expect(line.requests('planFlash').map(({ params }) => params)).toMatchObject([
    { fileId: 'new.bin' },
  ]);
  expect(flash).toMatchObject({ image: { of: 'new.bin' }, plan: { fileId: 'new.bin' } });
});

test('a plan that comes after the files were forgotten is not kept', async () => {
  const { client, line } = connected();
  const flash = new FlashRun(client, 't', noCase());
  void flash.choose(image('old.bin'));
  const first = line.request('inspectFirmware');
  flash.reset();
  await line.answer(first, { of: 'old.bin' });
  expect(flash).toMatchObject({ file: null, image: null, plan: null });
  expect(line.requests('planFlash')).toEqual([]);
});

const unknownEnd = {
  caseId: 'c',
  verdict: 'unknown',
  toVersion: '2',
  allowed: [],
  fileSha256: null,
};

test('a flash that could not be gone on with leaves the verdict and the way on', async () => {
  const { client, line } = connected();
  const flash = new FlashRun(client, 't', noCase());
  flash.file = image('new.bin');
  flash.result = unknownEnd as unknown as FlashResult;
  const going = flash.goOn(image('new.bin'));
  await line.refuse(line.request('inspectFirmware'), 'file-missing');
  await going;
  expect(flash.result).toMatchObject({ verdict: 'unknown' });
  expect(flash.planning.fault?.code).toBe('file-missing');
});

test('an image chosen while another is gone on with takes the place of that verdict', async () => {
  const { client, line } = connected();
  const flash = new FlashRun(client, 't', noCase());
  flash.result = unknownEnd as unknown as FlashResult;
  void flash.goOn(image('new.bin'));
  void flash.choose(image('other.bin'));
  await line.answer(line.request('inspectFirmware'), { of: 'other.bin' });
  expect(flash.result).toBeNull();
});

test('a stopped diagnosis stays stopped, though a question was answered meanwhile', async () => {
  const { client, line } = connected();
  const diagnosis = new DiagnosisRun(client, () => ({ terminalId: 't' }), noCase());
  diagnosis.choose('S3');
  void diagnosis.run();
  void diagnosis.answer('platform', 'yes');
  diagnosis.task.stop();
  await line.refuse(line.request('diagnose'), 'cancelled');
  expect(line.requests('diagnose')).toHaveLength(1);
  expect(diagnosis.task.running).toBe(false);
});

test('a second click on Diagnose does not wipe what the run has found', async () => {
  const { client, line } = connected();
  const diagnosis = new DiagnosisRun(client, () => ({ terminalId: 't' }), noCase());
  diagnosis.choose('S3');
  void diagnosis.run();
  await line.progress(line.request('diagnose'), { finding: { check: 'wifi', verdict: 'fail' } });
  void diagnosis.run();
  expect(diagnosis.failingNow).toHaveLength(1);
  expect(line.requests('diagnose')).toHaveLength(1);
});

/** As the bridge tells it; nothing was found. */
const diagnosed = (symptom: string, answers: Record<string, string>) => ({
  caseId: `case-${symptom}`,
  symptom,
  findings: [],
  cause: null,
  answers,
});

test('another complaint is another case, and begins without the answers of the last', async () => {
  const { client, line } = connected();
  const holder: CaseHolder = noCase();
  const diagnosis = new DiagnosisRun(client, () => ({ terminalId: 't' }), holder);
  diagnosis.choose('S3');
  void diagnosis.run();
  await line.answer(line.request('diagnose'), diagnosed('S3', { payers: 'all' }));
  expect([holder.caseId, ...diagnosis.answers.keys()]).toEqual(['case-S3', 'payers']);
  diagnosis.choose('routine');
  void diagnosis.run();
  expect(line.requests('diagnose').at(-1)?.params).toMatchObject({
    symptom: null,
    answers: {},
    caseId: null,
  });
});

test('an earlier page’s diagnosis that comes late does not take the place of what was chosen', async () => {
  const { client, line } = connected();
  const diagnosis = new DiagnosisRun(client, () => ({ terminalId: 't' }), noCase());
  void diagnosis.resume();
  diagnosis.choose('S1');
  await line.answer(line.request('resumeDiagnosis'), {
    diagnosis: diagnosed('S3', { payers: 'all' }),
  });
  expect(diagnosis.purpose).toBe('S1');
  expect(diagnosis.answers.size).toBe(0);
});

test('what is to be read again while it is being read is read again afterwards', async () => {
  const { client, line } = connected();
  const readings = new Readings(client, 't');
  void readings.load();
  // A setting was changed in mid-reading.
  const again = readings.load();
  await line.answer(line.request('readTerminal'), { readings: [] });
  expect(line.requests('readTerminal')).toHaveLength(2);
  await line.answer(line.request('readTerminal'), {
    readings: [{ name: 'qr.mode', value: 'new' }],
  });
  await again;
  expect(readings.byName.get('qr.mode')?.value).toBe('new');
});

test('a stopped reading does not begin again', async () => {
  const { client, line } = connected();
  const readings = new Readings(client, 't');
  void readings.load();
  void readings.load();
  readings.task.stop();
  await line.refuse(line.request('readTerminal'), 'cancelled');
  expect(line.requests('readTerminal')).toHaveLength(1);
});

test('a second Enter in the shell is no second command', async () => {
  const { client, line } = connected();
  const log = new ConsoleLog(client, 't');
  void log.runShell('reboot');
  void log.runShell('reboot');
  expect(line.requests('runShell')).toHaveLength(1);
  await line.progress(line.request('runShell'), { asked: 'reboot' });
  expect(log.shown.map(({ text }) => text)).toEqual(['reboot']);
});

test('a second click on another port does not name that one as being connected', () => {
  const { client, line } = connected();
  const terminals = new Terminals(client);
  void terminals.connect('serial:///dev/ttyUSB0');
  void terminals.connect('serial:///dev/ttyUSB1');
  expect(line.requests('connect')).toHaveLength(1);
  expect(terminals.connectingTo).toBe('serial:///dev/ttyUSB0');
});

test('after a reload the flash is followed, whatever else runs on that terminal', async () => {
  const { client, line } = connected();
  const terminals = new Terminals(client);
  void terminals.watch();
  const job = (jobId: string, request: string) => ({
    jobId,
    request,
    terminalId: '1',
    startedUtc: '2026-01-01T00:00:00.000Z',
  });
  terminals.follow([job('job-1', 'flash'), job('job-2', 'readSettings')]);
  await line.progress(line.request('watchTerminals'), { ports, terminals: [terminal('1')] });
  expect(line.requests('attachJob').map(({ params }) => params)).toEqual([{ jobId: 'job-1' }]);
  expect(terminals.selected?.flash.flashing.running).toBe(true);
});

test('a new line that comes before the old one was seen to end is watched all the same', async () => {
  const { client } = connected();
  const terminals = new Terminals(client);
  const lost: string[] = [];
  client.onLost(() => {
    lost.push('lost');
    terminals.lost();
  });
  client.onConnected(() => void terminals.watch());
  void terminals.watch();
  const fresh = new WindowLine();
  client.attach(fresh);
  await setImmediate();
  expect(lost).toEqual(['lost']);
  expect(fresh.requests('watchTerminals')).toHaveLength(1);
});

test('connecting again takes the profile chosen by hand; a file only while the bridge knows it', async () => {
  const { client, line } = connected();
  const terminals = new Terminals(client);
  const port = terminal('1').portUrl;
  void terminals.connect(port, { profileFileId: 'file-1' });
  await line.answer(line.request('connect'), terminal('1'));
  void terminals.reconnect(port);
  expect(line.request('connect').params).toEqual({ portUrl: port, profileFileId: 'file-1' });
  await line.answer(line.request('connect'), terminal('1'));
  terminals.lost();
  void terminals.reconnect(port);
  expect(line.request('connect').params).toEqual({ portUrl: port });
});

test('a job that a closed window left behind cannot be shown twice', async () => {
  const { client, line } = connected();
  const flash = new FlashRun(client, 't', noCase());
  const job = { jobId: 'j', request: 'flash', terminalId: 't', startedUtc: '2026-01-01T00:00:00Z' };
  void flash.follow(job);
  await line.progress(line.request('attachJob'), { phase: 'upload', fraction: 0.5 });
  void flash.follow(job);
  expect(flash.progress).toMatchObject({ fraction: 0.5 });
});
