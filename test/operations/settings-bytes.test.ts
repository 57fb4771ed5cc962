/** Values that are no text: shown as bytes, compared and put back byte by byte. */
import { expect, it } from 'vitest';
import { openBench } from '../support/bench.ts';
import { byteTerminal, connectByteTerminal } from '../support/byte-terminal.ts';

const sn = new TextEncoder().encode('B-1');
const text = (value: string) => new TextEncoder().encode(value);

it('a value that is no UTF-8 is shown in hex and differs from what is expected', async () => {
  const bench = await openBench();
  const { url } = await byteTerminal({ sn, a: Uint8Array.of(0xff, 0x00, 0x80), b: text('b') });
  const { id } = await connectByteTerminal(bench, url);
  const { rows } = await bench.bridge.request('readSettings', { terminalId: id });
  expect(rows).toMatchObject([
    { key: 'a.text', current: '0xff0080', bytes: 'ff0080', differs: true, failure: null },
    { key: 'b.text', current: 'b', differs: false, failure: null },
    { key: 'c.secret', current: null, secret: true },
  ]);
  expect(rows[1]).not.toHaveProperty('bytes');
});

it.each([
  ['no UTF-8', Uint8Array.of(0xc3, 0x28, 0x00)],
  ['text with control characters', text('old\u0000\u0007')],
  ['text behind a byte order mark', text('\ufeffold')],
])('%s is put back byte by byte', async (_what, before) => {
  const bench = await openBench();
  const { url, values } = await byteTerminal({ sn, a: before });
  const { id } = await connectByteTerminal(bench, url);
  const changes = [{ key: 'a.text', value: 'plain' }];
  const made = await bench.bridge.request('applySettings', { terminalId: id, changes });
  expect(made.outcome).toBe('applied');
  expect(values.get('a')).toEqual(text('plain'));
  const undone = await bench.bridge.request('undoCorrection', { terminalId: id });
  expect(undone.outcome).toBe('undone');
  expect(values.get('a')).toEqual(before);
});

it('a value that was not set is removed again', async () => {
  const bench = await openBench();
  const { url, values } = await byteTerminal({ sn });
  const { id } = await connectByteTerminal(bench, url);
  const changes = [{ key: 'a.text', value: 'plain' }];
  await bench.bridge.request('applySettings', { terminalId: id, changes });
  await bench.bridge.request('undoCorrection', { terminalId: id });
  expect(values.has('a')).toBe(false);
});
