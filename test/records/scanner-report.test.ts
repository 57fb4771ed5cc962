/** A scanner test in the report: its verdict, its bands, what was not read. */
import { expect, it } from 'vitest';
import { caseRecordSchema, type CaseRecord } from '../../native-bridge/contract/case.ts';
import type { ScannerTest } from '../../native-bridge/contract/scanner.ts';
import { judge } from '../../native-bridge/operations/scanner-test/judge.ts';
import { gradedCodes } from '../../native-bridge/pictures/codes/index.ts';
import { makeReport } from '../../native-bridge/records/report/report.ts';
import { untouched } from './report-cases.ts';

const atUtc = '2026-03-11T02:00:00.000Z';

function dirty(): ScannerTest {
  const codes = gradedCodes.map((code): ScannerTest['codes'][number] => {
    const missed = code.contrastPercent < 50 || code.damagePercent > 25;
    const outcome = missed ? 'missed' : 'read';
    return { ...code, outcome, decodeMs: missed ? null : 212, repeats: 0, altered: false };
  });
  const judged = judge({
    codes,
    carrier: 'screen',
    slowMs: 1000,
    foreignCount: 1,
    hasInverseSetting: true,
  });
  return {
    ...judged,
    caseId: 'case',
    terminalId: 'terminal',
    startedUtc: atUtc,
    atUtc,
    carrier: 'screen',
    ended: 'all-shown',
    codes,
    foreign: { count: 1, texts: ['<b>x</b>'] },
    slowMs: 1000,
  };
}

function tested(): CaseRecord {
  const record = untouched();
  const event = { kind: 'scanner-test', atUtc, test: dirty() } as const;
  return { ...record, events: [...record.events, event] };
}

it('fits the contract', () => {
  expect(() => caseRecordSchema.parse(tested())).not.toThrow();
});

it.each([
  [
    'en',
    'Codes missed',
    'clean the window',
    '9 Contrast 45 %',
    '10 Contrast 45 %; 11 Contrast 30 %',
  ],
  ['zh-CN', '有的码读不出', '擦干净扫码窗', '9 对比度', '10 对比度 45%; 11 对比度 30%'],
] as const)(
  'is told with its meaning and the codes that were missed, in %s',
  (locale, word, meaning, read, missed) => {
    const text = makeReport(tested(), { locale, format: 'html', timeZone: 'Asia/Shanghai' });
    expect(text).toContain(word);
    expect(text).toContain(meaning);
    expect(text).toContain(missed);
    expect(text).not.toContain(read);
    expect(text).not.toMatch(/undefined|\[object|\[scanner_/);
  },
);

it('is documented in JSON with every code', () => {
  const text = makeReport(tested(), { locale: 'en', format: 'json' });
  const { scannerTests } = JSON.parse(text) as { scannerTests: unknown[] };
  expect(scannerTests).toMatchObject([
    { verdict: 'misses', carrier: 'screen', medianMs: 212, slowMs: 1000, foreign: { count: 1 } },
  ]);
  expect((scannerTests[0] as { codes: unknown[] }).codes).toHaveLength(gradedCodes.length);
});

it('a case without one says nothing of a scanner', () => {
  const text = makeReport(untouched(), { locale: 'en', format: 'html' });
  expect(text).not.toContain('Scanner test');
});
