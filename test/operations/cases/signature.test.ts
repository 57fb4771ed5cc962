/** The merchant's signature: what was signed, and what came to the case afterwards. */
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { strokePath } from '../../../native-bridge/contract/signature.ts';
import { openRecords } from '../../../native-bridge/records/records.ts';
import { openDatabase } from '../../../native-bridge/records/sqlite.ts';
import { openedCase, temporaryFolder } from '../../records/support.ts';
import { bridgeIn } from '../../support/bench.ts';
import { readZip } from '../../support/read-zip.ts';

vi.setConfig({ testTimeout: 60_000 });

const strokes: [number, number][][] = [
  [
    [10, 20],
    [30, 40],
    [50, 20],
  ],
  [[500, 160]],
];

async function opened() {
  const folder = temporaryFolder();
  const records = await openRecords({ dataFolder: folder });
  const { caseId } = await openedCase(records);
  await records.close();
  return { bridge: await bridgeIn(folder), folder, caseId };
}

describe('a signed case', () => {
  it('shows the drawing in the report, and that nothing came after it', async () => {
    const { bridge, caseId } = await opened();
    const signed = await bridge.request('signCase', { caseId, signer: ' 王芳 🏮 ', strokes });
    expect(signed).toMatchObject({
      signature: { signer: '王芳 🏮', form: 'drawn', strokes },
      addedKinds: [],
      intact: true,
    });
    const { text } = await bridge.request('makeReport', { caseId, format: 'html', locale: 'en' });
    expect(text).toContain('<path d="M10 20Q30 40 40 30L50 20M500 160h0" />');
    expect(text).toContain('Signed by the merchant: 王芳 🏮');
    expect(text).toContain('✓ Nothing was added since');
    const { cases } = await bridge.request('listCases', {});
    expect(cases).toMatchObject([{ signedUtc: signed.atUtc }]);
  });

  it('keeps the order of time and date after a name that runs from right to left', async () => {
    const { bridge, caseId } = await opened();
    await bridge.request('signCase', { caseId, signer: 'أحمد <1> 👨‍🍳' });
    const { text } = await bridge.request('makeReport', { caseId, format: 'html', locale: 'en' });
    expect(text).toMatch(/Signed by the merchant: \u2068أحمد &lt;1&gt; 👨‍🍳\u2069, \d{4}-\d\d-\d\d/u);
  });

  it('names what was added after the signature', async () => {
    const { bridge, caseId } = await opened();
    const { signature } = await bridge.request('signCase', { caseId, signer: 'Li' });
    expect(signature).toMatchObject({ form: 'typed', strokes: [] });
    await bridge.request('setTicket', { caseId, number: 'GD-1' });
    const { signed } = await bridge.request('lookAtCase', { caseId });
    expect(signed).toMatchObject({ addedKinds: ['ticket'], intact: true });
    const { text } = await bridge.request('makeReport', {
      caseId,
      format: 'html',
      locale: 'zh-CN',
    });
    expect(text).toContain('▲ 签字之后新增：工单号');
    // Signed once more, it holds what came since.
    const again = await bridge.request('signCase', { caseId, signer: 'Li' });
    expect(again).toMatchObject({ addedKinds: [], intact: true });
    expect(again.signature.contentSha256).not.toBe(signature.contentSha256);
  });

  it('is refused where the case no longer is what was read, and taken once that was read', async () => {
    const { bridge, caseId } = await opened();
    const read = { caseId, format: 'summary', locale: 'en' } as const;
    const { contentSha256 } = await bridge.request('makeReport', read);
    await bridge.request('addNote', { caseId, text: 'the cable was changed too' });
    const signing = { caseId, signer: 'Li', strokes, contentSha256 };
    await expect(bridge.request('signCase', signing)).rejects.toMatchObject({
      fault: { code: 'case-changed', facts: { caseId } },
    });
    expect((await bridge.request('lookAtCase', { caseId })).signed).toBeNull();
    const again = await bridge.request('makeReport', read);
    const signed = await bridge.request('signCase', { ...signing, ...again });
    expect(signed).toMatchObject({
      signature: { contentSha256: again.contentSha256 },
      addedKinds: [],
      intact: true,
    });
    // A second signature under the same words needs no second reading.
    await bridge.request('signCase', { ...signing, ...again, signer: 'Wang' });
  });

  it('says so where what was signed is no longer what is held', async () => {
    const { bridge, folder, caseId } = await opened();
    await bridge.request('addNote', { caseId, text: 'all well' });
    await bridge.request('signCase', { caseId, signer: 'Li' });
    const database = openDatabase(join(folder, 'records.db'), 5_000);
    database.exec(`DROP TRIGGER case_events_keep;
      UPDATE case_events SET body = replace(body, 'all well', 'all bad') WHERE kind = 'note'`);
    database.close();
    const { signed } = await bridge.request('lookAtCase', { caseId });
    expect(signed).toMatchObject({ intact: false });
    const { text } = await bridge.request('makeReport', { caseId, format: 'html', locale: 'en' });
    expect(text).toContain('✕ What was signed is not what the records hold now');
  });

  it('goes into a bundle without the drawn hand', async () => {
    const { bridge, caseId } = await opened();
    await bridge.request('signCase', { caseId, signer: 'Li', strokes });
    const files = await readZip((await bridge.request('makeBundle', { caseId })).bytes);
    for (const [name, bytes] of files) {
      expect(String(bytes), name).not.toMatch(/M10 20|"strokes":\s*\[\s*\[/);
    }
    expect(String(files.get('report.en.html'))).toContain('The drawn signature is left out here');
  });

  it('takes no signature without a name, nor more points than a name has', async () => {
    const { bridge, caseId } = await opened();
    const many = Array.from({ length: 90 }, () =>
      Array.from({ length: 100 }, () => [1, 1] as const),
    );
    for (const wrong of [
      { caseId, signer: ' \u202e ' },
      {
        caseId,
        signer: 'Li',
        strokes: many.map((s) => s.map(([x, y]): [number, number] => [x, y])),
      },
      { caseId, signer: 'Li', strokes: [[[-1, 4] as [number, number]]] },
    ]) {
      await expect(bridge.request('signCase', wrong)).rejects.toMatchObject({
        fault: { code: 'bad-request' },
      });
    }
  });
});

it('a stroke is a path of numbers alone, a touch a dot', () => {
  expect(strokePath([[1, 2]])).toBe('M1 2h0');
  expect(
    strokePath([
      [0, 0],
      [3, 3],
      [4, 0],
    ]),
  ).toBe('M0 0Q3 3 3.5 1.5L4 0');
});
