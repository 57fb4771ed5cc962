/** What the merchant signs is what the merchant has read. */
import { expect, test } from 'vitest';
import { BridgeClient } from '../../renderer/state/bridge-client.ts';
import { Signing } from '../../renderer/state/signing.svelte.ts';
import { WindowLine } from '../support/window-line.ts';

function opened(): { signing: Signing; line: WindowLine } {
  const client = new BridgeClient();
  const line = new WindowLine();
  client.attach(line);
  const signing = new Signing(client);
  void signing.readSummary('c', 'en');
  signing.signer = 'Li';
  return { signing, line };
}

const summary = (text: string) => ({ text, suggestedName: 's.txt', contentSha256: `of ${text}` });

test('nothing is signed before it was read', async () => {
  const { signing, line } = opened();
  expect(signing.canSign).toBe(false);
  expect(await signing.sign('c', 'en')).toBe(false);
  await line.refuse(line.request('makeReport'), 'internal');
  expect(signing.canSign).toBe(false);
  void signing.readSummary('c', 'en');
  await line.answer(line.request('makeReport'), summary('Visit'));
  expect(signing.canSign).toBe(true);
  expect(line.requests('signCase')).toEqual([]);
});

test('what was read is what is signed; a case that changed meanwhile is read again', async () => {
  const { signing, line } = opened();
  await line.answer(line.request('makeReport'), summary('Visit'));
  const first = signing.sign('c', 'zh-CN');
  expect(line.request('signCase').params).toMatchObject({ contentSha256: 'of Visit' });
  await line.refuse(line.request('signCase'), 'case-changed');
  expect(signing).toMatchObject({ summary: null, canSign: false });
  expect(line.request('makeReport').params).toMatchObject({ format: 'summary', locale: 'zh-CN' });
  await line.answer(line.request('makeReport'), summary('Visit, flashed'));
  expect(await first).toBe(false);
  expect(signing.summary?.text).toBe('Visit, flashed');
  expect(signing.keeping.fault?.code).toBe('case-changed');
  const second = signing.sign('c', 'zh-CN');
  expect(line.request('signCase').params).toMatchObject({ contentSha256: 'of Visit, flashed' });
  await line.answer(line.request('signCase'), {});
  expect(await second).toBe(true);
});

test('what was drawn or typed is known as begun, an empty sheet is not', () => {
  const signing = new Signing(new BridgeClient());
  expect(signing.started).toBe(false);
  signing.begin(0.5, 0.5);
  expect(signing.started).toBe(true);
  signing.clear();
  expect(signing.started).toBe(false);
  signing.signer = 'Li';
  expect(signing.started).toBe(true);
});
