/** Corrections and undo as the window asks for them: by what the terminal has now, and shown before written. */
import { expect, test } from 'vitest';
import type { Correction } from '../../native-bridge/contract/correction.ts';
import { BridgeClient } from '../../renderer/state/bridge-client.ts';
import { Corrections } from '../../renderer/state/corrections.svelte.ts';
import type { ProposedRestore } from '../../renderer/state/proposed-changes.ts';
import { WindowLine } from '../support/window-line.ts';

const labels = { 'zh-CN': '付款码模式', en: 'QR mode' };
const qrMode = (current: string) => ({
  ...{ key: 'qr.mode', labels, current, expected: 'dynamic', secret: false },
  ...{ differs: current !== 'dynamic', failure: null },
});

/** With the settings read once. */
async function read(current: string): Promise<{ corrections: Corrections; line: WindowLine }> {
  const client = new BridgeClient();
  const line = new WindowLine();
  client.attach(line);
  const corrections = new Corrections(client, 't', { caseId: null });
  void corrections.look();
  await line.answer(line.request('readSettings'), { rows: [qrMode(current)] });
  return { corrections, line };
}

test('a correction goes by what the terminal has now, not by what was read before', async () => {
  const { corrections, line } = await read('dynamic');
  void corrections.correct(['qr.mode']);
  expect(corrections.proposed).toBeNull();
  await line.answer(line.request('readSettings'), { rows: [qrMode('static')] });
  expect(corrections.proposed).toMatchObject([{ row: { current: 'static' }, value: 'dynamic' }]);
});

test('a correction that has nothing left to change says so', async () => {
  const { corrections, line } = await read('static');
  void corrections.correct(['qr.mode']);
  await line.answer(line.request('readSettings'), { rows: [qrMode('dynamic')] });
  expect(corrections).toMatchObject({ proposed: null, nothingLeft: 'same' });
});

test('of a setting that could not be read nobody says that it is as expected', async () => {
  const { corrections, line } = await read('static');
  void corrections.correct(['qr.mode']);
  const unread = { ...qrMode('dynamic'), current: null, failure: { code: 'reply-timeout' } };
  await line.answer(line.request('readSettings'), { rows: [unread] });
  expect(corrections).toMatchObject({ proposed: null, nothingLeft: 'unread' });
});

test('where the settings cannot be read again nothing is proposed from the old ones', async () => {
  const { corrections, line } = await read('static');
  void corrections.correct(['qr.mode']);
  await line.refuse(line.request('readSettings'), 'reply-timeout');
  expect(corrections).toMatchObject({ proposed: null, nothingLeft: null });
});

test('a view that is opened reads the settings again, the old ones staying in sight', async () => {
  const { corrections, line } = await read('static');
  void corrections.look();
  expect(line.requests('readSettings')).toHaveLength(2);
  expect(corrections.table?.rows).toHaveLength(1);
});

test('a view that is opened by a correction does not read them twice', async () => {
  const { corrections, line } = await read('static');
  void corrections.correct(['qr.mode']);
  void corrections.look();
  await line.answer(line.request('readSettings'), { rows: [qrMode('static')] });
  expect(line.requests('readSettings')).toHaveLength(2);
});

const change = { secret: false, verified: true };
const written = (changes: object[]): Correction =>
  ({ id: 'c', outcome: 'applied', restartNeeded: false, changes }) as unknown as Correction;

test('an undo writes nothing before what it puts back was shown and confirmed', async () => {
  const { corrections, line } = await read('dynamic');
  corrections.undo.propose(
    written([{ ...change, key: 'qr.mode', before: 'static', after: 'dynamic' }]),
    corrections.table,
  );
  expect(line.requests('undoCorrection')).toEqual([]);
  expect(corrections.undo.proposed?.changes).toMatchObject([
    { row: { labels, current: 'dynamic' }, value: 'static' },
  ]);
  void corrections.undo.confirm();
  expect(line.request('undoCorrection').params).toMatchObject({
    correctionId: 'c',
    overwrite: false,
  });
  expect(corrections.undo.proposed).toBeNull();
});

test('what an undo shows is what it does: first values, and of secrets only a network that was added', async () => {
  const { corrections } = await read('dynamic');
  const names = { before: null, after: 'shop', readBack: 'shop' };
  corrections.undo.propose(
    written([
      { ...change, key: 'apn', before: 'a', after: 'b' },
      { ...change, key: 'apn', before: 'b', after: 'c' },
      { ...change, key: 'password', secret: true, before: null, after: null },
      { ...change, key: 'wifi.network', secret: true, before: null, after: null, names },
    ]),
    corrections.table,
  );
  expect(
    corrections.undo.proposed?.changes.map(({ row, value }) => [row.key, row.current, value]),
  ).toEqual([
    ['apn', 'c', 'a'],
    ['wifi.network', 'shop', null],
  ]);
});

test('an undo that is refused because of a later change can be asked for again, with what it is about', async () => {
  const { corrections, line } = await read('dynamic');
  const correction = written([{ ...change, key: 'qr.mode', before: 'static', after: 'dynamic' }]);
  corrections.undo.propose(correction, corrections.table);
  void corrections.undo.confirm();
  await line.refuse(line.request('undoCorrection'), 'setting-changed-since');
  await line.answer(line.request('readSettings'), { rows: [qrMode('other')] });
  expect(corrections.undo.refused?.correction).toBe(correction);
});

const ntp = {
  ...{ key: 'ntp.server', labels, current: 'old', expected: null, secret: false },
  ...{ differs: false, failure: null },
};

/** With two settings, and a new value typed for the one that is not about to be written. */
async function typed(): Promise<{ corrections: Corrections; line: WindowLine }> {
  const { corrections, line } = await read('static');
  void corrections.load();
  await line.answer(line.request('readSettings'), { rows: [qrMode('static'), ntp] });
  corrections.edits.set('ntp.server', 'new');
  return { corrections, line };
}

test('what is typed stays when another setting is written, undone or left', async () => {
  const { corrections, line } = await typed();
  corrections.proposeExpected(['qr.mode']);
  void corrections.applyProposed();
  await line.answer(
    line.request('applySettings'),
    written([{ ...change, key: 'qr.mode', before: 'static', after: 'dynamic' }]),
  );
  await line.answer(line.request('readSettings'), { rows: [qrMode('dynamic'), ntp] });
  void corrections.leave('i');
  await line.answer(line.request('leaveInterrupted'), written([]));
  expect([...corrections.edits]).toEqual([['ntp.server', 'new']]);
});

test('of what is typed that goes which the terminal has taken, as it was typed then', async () => {
  const { corrections, line } = await typed();
  corrections.edits.set('qr.mode', 'dynamic');
  corrections.proposeEdits();
  void corrections.applyProposed();
  corrections.edits.set('ntp.server', 'newer');
  const changes = [
    { ...change, key: 'qr.mode', before: 'static', after: 'dynamic' },
    { ...change, key: 'ntp.server', before: 'old', after: 'new' },
  ];
  await line.answer(line.request('applySettings'), written(changes));
  expect([...corrections.edits]).toEqual([['ntp.server', 'newer']]);
});

test('what was put back because another setting did not take stays typed', async () => {
  const { corrections, line } = await typed();
  corrections.proposeEdits();
  void corrections.applyProposed();
  const changes = [{ ...change, key: 'ntp.server', before: 'old', after: 'new' }];
  await line.answer(line.request('applySettings'), { ...written(changes), outcome: 'reverted' });
  expect([...corrections.edits]).toEqual([['ntp.server', 'new']]);
});

test('a row that is open to be typed in is no change before another value stands in it', async () => {
  const { corrections } = await typed();
  corrections.edits.set('ntp.server', 'old');
  expect(corrections.edited).toEqual([]);
  corrections.edits.set('ntp.server', 'new');
  expect(corrections.edited).toEqual(['ntp.server']);
});

test('secrets entered again stay typed until they are written, also where the dialogue is closed', async () => {
  const { corrections, line } = await typed();
  corrections.secrets.set('qr.mode', 'secret');
  corrections.proposeSecrets(corrections.secrets);
  corrections.proposed = null;
  expect([...corrections.secrets]).toEqual([['qr.mode', 'secret']]);
  corrections.proposeSecrets(corrections.secrets);
  void corrections.applyProposed();
  await line.refuse(line.request('applySettings'), 'reply-timeout');
  expect([...corrections.secrets]).toEqual([]);
});

test('a restore that is confirmed while other work runs stays asked, and is not begun', async () => {
  const { corrections, line } = await read('static');
  void corrections.backUp();
  const proposed = { source: {}, compared: { changes: [] } } as unknown as ProposedRestore;
  corrections.restoring = proposed;
  await corrections.restoreProposed();
  expect(corrections.restoring).toBe(proposed);
  expect(line.requests('restoreSettings')).toEqual([]);
});
