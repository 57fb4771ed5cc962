/** Corrections and undo as the window asks for them: by what the terminal has now, and shown before written. */
import { expect, test } from 'vitest';
import type { Correction } from '../../native-bridge/contract/correction.ts';
import { BridgeClient } from '../../renderer/state/bridge-client.ts';
import { Corrections } from '../../renderer/state/corrections.svelte.ts';
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
