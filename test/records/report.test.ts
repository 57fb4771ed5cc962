/**
 * Reports as people and programs get them. The golden files under test/fixtures/reports are read
 * by a person before they are committed; `vitest -u` writes them anew.
 */
import { describe, expect, it } from 'vitest';
import type { CaseRecord } from '../../native-bridge/contract/case.ts';
import { caseRecordSchema } from '../../native-bridge/contract/case.ts';
import { makeReport } from '../../native-bridge/records/report/report.ts';
import { summarize } from '../../native-bridge/records/report/summary.ts';
import { corrected, putRight, stillOpen, untouched } from './report-cases.ts';

const timeZone = 'Asia/Shanghai';
const cases: readonly (readonly [string, () => CaseRecord])[] = [
  ['put-right', putRight],
  ['still-open', stillOpen],
  ['corrected', corrected],
  ['untouched', untouched],
];
const locales = ['zh-CN', 'en'] as const;

describe.each(cases)('the report of the case %s', (name, make) => {
  it('is made from a record that fits the contract', () => {
    expect(() => caseRecordSchema.parse(make())).not.toThrow();
  });

  it.each(locales)('is as it was read and approved, in %s', async (locale) => {
    // The version is of the day.
    const steady = (text: string): string =>
      text.replaceAll(/\b\d+\.\d+\.\d+(?= (?:生成|·)|",\n {2}"locale")/gu, 'VERSION');
    const path = `../fixtures/reports/${name}.${locale}`;
    const htmlText = makeReport(make(), { locale, format: 'html', timeZone });
    await expect(steady(htmlText)).toMatchFileSnapshot(`${path}.html`);
    const jsonText = makeReport(make(), { locale, format: 'json', timeZone });
    await expect(steady(jsonText)).toMatchFileSnapshot(`${path}.json`);
  });

  it.each(locales)('has no hole and no key in place of words, in %s', (locale) => {
    for (const format of ['html', 'json'] as const) {
      const text = makeReport(make(), { locale, format, timeZone });
      expect(text).not.toMatch(/undefined|\[object|\[(?:report|outcome|found|flash)_|NaN/);
    }
  });

  it.each(locales)('needs nothing but itself, and runs nothing, in %s', (locale) => {
    const text = makeReport(make(), { locale, format: 'html', timeZone });
    expect(text).not.toMatch(/<script|<img|<link|<iframe|<svg|<[^>]*\son\w+=|url\(|@import|<a /i);
    expect(text).toContain(`default-src 'none'; style-src 'unsafe-inline'`);
    // Every element that opens also closes.
    const count = (tag: string): [number, number] => [
      text.split(new RegExp(`<${tag}[ >]`)).length,
      text.split(`</${tag}>`).length,
    ];
    for (const tag of [
      'table',
      'tr',
      'td',
      'th',
      'div',
      'p',
      'section',
      'span',
      'b',
      'ol',
      'li',
      'code',
      'pre',
    ]) {
      const [opened, closed] = count(tag);
      expect([tag, opened]).toEqual([tag, closed]);
    }
  });
});

it('what a device wrote is text in the report, without its controls', () => {
  const text = makeReport(stillOpen(), { locale: 'en', format: 'html', timeZone });
  expect(text).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
  expect(text).toContain('&lt;b&gt;key&lt;/b&gt;');
  expect(text).not.toMatch(/[\u202a-\u202e\u2066-\u2069]|(?!\n)\p{Cc}/u);
});

it('a secret is named and never shown', () => {
  const text = makeReport(putRight(), { locale: 'en', format: 'html', timeZone });
  expect(text).toContain('kept secret');
});

describe('a flash whose verdict was corrected', () => {
  it('has both verdicts in the order they were given, the first one’s time and image once', () => {
    const text = makeReport(corrected(), { locale: 'en', format: 'html', timeZone });
    const verdicts = [...text.matchAll(/<b>(Not known|Flashed, not yet trading again)<\/b>/gu)];
    expect(verdicts.map(([, verdict]) => verdict)).toEqual([
      'Flashed, not yet trading again',
      'Not known',
      'Flashed, not yet trading again',
    ]);
    expect(text.split('Image file SHA-256')).toHaveLength(2);
    expect(summarize(corrected()).notTradingYet).toBe(true);
  });
});

describe('the outcome of a case', () => {
  const outcomeWith = (change: (record: CaseRecord) => void): string => {
    const record = putRight();
    change(record);
    return summarize(record).outcome;
  };
  const lastOf = (record: CaseRecord) => {
    const event = record.events.findLast((e) => e.kind === 'diagnosis');
    if (event?.kind !== 'diagnosis') throw new Error('no diagnosis');
    return event.diagnosis;
  };

  it('is resolved when the check that held the cause passes', () => {
    expect(outcomeWith(() => undefined)).toBe('resolved');
    expect(summarize(putRight()).notTradingYet).toBe(false);
  });

  it('is not proven when that check can tell no more', () => {
    expect(
      outcomeWith((record) => {
        const finding = lastOf(record).findings.find((f) => f.check === 'payment-settings');
        if (finding) finding.verdict = 'unknown';
      }),
    ).toBe('unproven');
  });

  it('is open while it still fails, though something else is the symptom now', () => {
    expect(
      outcomeWith((record) => {
        const finding = lastOf(record).findings.find((f) => f.check === 'payment-settings');
        if (finding) finding.verdict = 'fail';
      }),
    ).toBe('open');
  });

  it('is another cause where the first is gone and a second one there', () => {
    expect(
      outcomeWith((record) => {
        lastOf(record).cause = 'platform';
      }),
    ).toBe('another');
  });

  it('is no more than found where nothing was diagnosed after the work', () => {
    expect(summarize(stillOpen()).outcome).toBe('found');
    expect(summarize(untouched()).outcome).toBe('not-diagnosed');
  });
});

it('who acts next: the cause first, a question to the technician, what follows not at all', () => {
  const { next } = summarize(stillOpen());
  expect(next.map(({ who, check }) => [who, check])).toEqual([
    ['merchant', 'wifi'],
    ['technician', 'payment-settings'],
    ['technician', 'platform'],
    ['technician', null],
  ]);
});

it('the JSON report keeps its keys', () => {
  const report = JSON.parse(makeReport(putRight(), { locale: 'en', format: 'json' })) as Record<
    string,
    Record<string, unknown>
  >;
  expect(Object.keys(report)).toEqual([
    'schemaVersion',
    'product',
    'toolVersion',
    'locale',
    'case',
    'terminal',
    'outcome',
    'notTradingYet',
    'cause',
    'furtherCauses',
    'changed',
    'diagnoses',
    'corrections',
    'flashes',
    'recordings',
    'notes',
    'next',
    'readings',
  ]);
  expect(report['schemaVersion']).toBe(1);
  expect(report['changed']).toEqual([
    { check: 'battery', from: 'warn', to: 'pass' },
    { check: 'system-version', from: 'fail', to: 'pass' },
    { check: 'payment-settings', from: 'fail', to: 'pass' },
    { check: 'qr-mode', from: 'fail', to: 'pass' },
  ]);
});
