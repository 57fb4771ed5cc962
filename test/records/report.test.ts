/**
 * Reports as people and programs get them. The golden files under test/fixtures/reports are read
 * by a person before they are committed; `vitest -u` writes them anew.
 */
import { describe, expect, it } from 'vitest';
import type { CaseRecord } from '../../native-bridge/contract/case.ts';
import { caseRecordSchema } from '../../native-bridge/contract/case.ts';
import { maxSummaryLines } from '../../native-bridge/records/report/chat-summary.ts';
import { makeReport } from '../../native-bridge/records/report/report.ts';
import { summarize } from '../../native-bridge/records/report/summary.ts';
import { checkLabel } from '../../native-bridge/wording/index.ts';
import {
  corrected,
  elsewhere,
  handedOn,
  photos,
  putRight,
  stillOpen,
  untouched,
} from './report-cases.ts';

const timeZone = 'Asia/Shanghai';
const cases: readonly (readonly [string, () => CaseRecord])[] = [
  ['put-right', putRight],
  ['still-open', stillOpen],
  ['corrected', corrected],
  ['untouched', untouched],
  ['elsewhere', elsewhere],
  ['handed-on', handedOn],
];
const locales = ['zh-CN', 'en'] as const;

describe.each(cases)('the report of the case %s', (name, make) => {
  it('is made from a record that fits the contract', () => {
    expect(() => caseRecordSchema.parse(make())).not.toThrow();
  });

  it.each(locales)('is as it was read and approved, in %s', async (locale) => {
    // The version is of the day.
    const steady = (text: string): string =>
      text.replaceAll(/\b\d+\.\d+\.\d+(?= (?:生成|·)|",\n {2}"locale"|\n$)/gu, 'VERSION');
    const path = `../fixtures/reports/${name}.${locale}`;
    const htmlText = makeReport(make(), { locale, format: 'html', timeZone, photos });
    await expect(steady(htmlText)).toMatchFileSnapshot(`${path}.html`);
    const jsonText = makeReport(make(), { locale, format: 'json', timeZone });
    await expect(steady(jsonText)).toMatchFileSnapshot(`${path}.json`);
    const summary = makeReport(make(), { locale, format: 'summary', timeZone });
    await expect(steady(summary)).toMatchFileSnapshot(`${path}.txt`);
  });

  it.each(locales)('has no hole and no key in place of words, in %s', (locale) => {
    for (const format of ['html', 'json', 'summary'] as const) {
      const text = makeReport(make(), { locale, format, timeZone });
      expect(text.replaceAll(/: null/gu, '')).not.toMatch(
        /\bnull\b|undefined|\[object|\[(?:report|outcome|found|flash|summary|evidence)_|NaN/,
      );
    }
  });

  it.each(locales)('needs nothing but itself, and runs nothing, in %s', (locale) => {
    const text = makeReport(make(), { locale, format: 'html', timeZone, photos });
    expect(text).not.toMatch(
      /<img(?! alt="[^"<>]*" src="data:image\/(?:png|jpeg);base64,[\w+/=]*" \/>)/,
    );
    expect(text).not.toMatch(/<script|<link|<iframe|<svg|<[^>]*\son\w+=|url\(|@import|<a /i);
    expect(text).toContain(`default-src 'none'; style-src 'unsafe-inline'; img-src data:"`);
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
      'figure',
      'bdi',
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

describe('a flash that was cut off before it said how it ended', () => {
  it('has its image told with the later look, and claims no earlier verdict', () => {
    const record = corrected();
    const events = record.events.filter((event) => event.kind !== 'flash' || event.flash.corrects);
    const text = makeReport({ ...record, events }, { locale: 'en', format: 'html', timeZone });
    expect(text).toContain('the flash was cut off before it said how it ended');
    expect(text).not.toContain('it replaces the verdict above');
    expect(text).toContain('Image file SHA-256');
  });
});

describe('a flash whose verdict was corrected', () => {
  it('has both verdicts in the order they were given, the first one’s time and image once', () => {
    const text = makeReport(corrected(), { locale: 'en', format: 'html', timeZone });
    const verdicts = [
      ...text.matchAll(/<(?:b|strong)>(Not known|Flashed, not yet trading again)<\//gu),
    ];
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
  const { next, last } = summarize(stillOpen());
  expect(next.slice(0, 2).map(({ who, check }) => [who, check])).toEqual([
    ['merchant', 'wifi'],
    ['technician', 'payment-settings'],
  ]);
  expect(next.at(-1)).toMatchObject({ who: 'technician', check: null });
  const worth = (last?.questions ?? []).slice(0, 3).map(({ text }) => text.key);
  expect(worth).toHaveLength(3);
  expect(next.slice(-4, -1).map(({ what }) => what.key)).toEqual(worth);
});

it('who acts next in a case of before without an order of questions: at most three findings ask', () => {
  const record = stillOpen();
  const asking = stillOpen().events.flatMap((event) =>
    event.kind === 'diagnosis' ? event.diagnosis.questions : [],
  );
  for (const event of record.events) {
    if (event.kind !== 'diagnosis') continue;
    event.diagnosis.questions = [];
    for (const finding of event.diagnosis.findings) {
      finding.question ??= asking[0] ?? null;
      if (finding.verdict === 'pass') finding.verdict = 'ask';
    }
  }
  const { next, last } = summarize(record);
  const open = last?.findings.filter(({ verdict }) => verdict === 'ask') ?? [];
  expect(open.length).toBeGreaterThan(3);
  const first = open.slice(0, 3).map(({ question }) => question?.text.key);
  expect(next.slice(-4, -1).map(({ what }) => what.key)).toEqual(first);
});

it('who acts next where the cause is sure: it is dealt with before anybody is asked more', () => {
  const record = elsewhere();
  const [question] = stillOpen().events.flatMap((event) =>
    event.kind === 'diagnosis' ? event.diagnosis.questions : [],
  );
  const sure = record.events.findLast((event) => event.kind === 'diagnosis');
  if (question === undefined || sure?.kind !== 'diagnosis') throw new Error('no question');
  sure.diagnosis.questions = [question];
  const { next } = summarize(record);
  expect(next.map(({ what }) => what.key).filter((key) => key.startsWith('question_'))).toEqual([]);
});

it('who acts next once the cause is gone: nobody is asked what it may be', () => {
  const record = putRight();
  const { next, outcome } = summarize(record);
  const again = record.events.findLast((event) => event.kind === 'diagnosis');
  if (again?.kind !== 'diagnosis') throw new Error('no diagnosis');
  const [question] = stillOpen().events.flatMap((event) =>
    event.kind === 'diagnosis' ? event.diagnosis.questions : [],
  );
  if (question === undefined) throw new Error('no question');
  again.diagnosis.questions = [question];
  expect(outcome).toBe('resolved');
  expect(summarize(record).next).toEqual(next);
});

describe('what was put right after the last diagnosis', () => {
  const steps = (change: (record: CaseRecord) => void) => {
    const record = putRight();
    record.events = record.events.slice(0, 3);
    // As the remedy of the bench's model names them.
    for (const [index, key] of ['pay/mid', 'pay/merchant_name'].entries()) {
      const changed = correctionIn(record).correction.changes[index];
      if (changed) changed.key = key;
    }
    change(record);
    return summarize(record).next.map(({ what }) => what.key);
  };
  const correctionIn = ({ events }: CaseRecord) => {
    const event = events.find(({ kind }) => kind === 'correction');
    if (event?.kind !== 'correction') throw new Error('no correction');
    return event;
  };

  it('is not asked for again, but whether it helped', () => {
    const [first, ...others] = steps(() => undefined);
    expect(first).toBe('report_next_again');
    expect(others).toContain('remedy_version_old');
    expect(others.filter((key) => key.includes('merchant'))).toEqual([]);
  });

  it('is asked for where it did not take, or was taken back', () => {
    const before = steps((record) => record.events.pop());
    expect(before).not.toContain('report_next_again');
    expect(steps((record) => (correctionIn(record).correction.outcome = 'reverted'))).toEqual(
      before,
    );
    const undone = steps((record) => {
      const event = structuredClone(correctionIn(record));
      event.correction.outcome = 'undone';
      record.events.push(event);
    });
    expect(undone).toEqual(before);
  });
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
    'shop',
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
    'apps',
    'scannerTests',
    'recordings',
    'evidence',
    'notes',
    'signature',
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

describe('the summary', () => {
  const lines = (make: () => CaseRecord, locale: 'zh-CN' | 'en' = 'zh-CN'): string[] =>
    makeReport(make(), { locale, format: 'summary', timeZone }).trimEnd().split('\n');
  const graphemes = (text: string): number => [...new Intl.Segmenter('und').segment(text)].length;

  it.each(cases)(
    'of %s has at most ten lines, none without words, none too long',
    (_name, make) => {
      for (const locale of locales) {
        const all = lines(make, locale);
        expect(all.length).toBeLessThanOrEqual(maxSummaryLines);
        for (const line of all) {
          expect(line.trim()).not.toBe('');
          // The isolates that a name needs are no letters.
          expect(graphemes(line.replaceAll(/[\u2068\u2069]/gu, ''))).toBeLessThanOrEqual(280);
        }
      }
    },
  );

  it('isolates a name from right to left, and each that is opened is closed in its line', () => {
    const text = lines(elsewhere).join('\n');
    expect(text).toContain('\u2068مطعم الفانوس الأحمر');
    for (const line of lines(elsewhere)) {
      expect(line.split('\u2068').length).toBe(line.split('\u2069').length);
      expect(line).not.toMatch(/[\ue000\ue001]/u);
    }
  });

  it('takes nothing from a device but its letters', () => {
    const text = lines(stillOpen, 'en').join('\n');
    expect(text).not.toMatch(/[\u202a-\u202e\u2066-\u2069]|(?!\n)\p{Cc}/u);
    expect(text).toContain('<script>');
  });

  it('says the ticket’s number, who acts next, and what the payer showed', () => {
    const text = lines(putRight).join('\n');
    expect(text).toContain('工单号 GD20260701-118');
    expect(text).toContain('照片 3 张（顾客账单、码牌和签购单）');
    expect(text).toContain('下一步：检修人员 – ');
  });

  it('says how many more steps there are, however long the first ones', () => {
    expect(lines(stillOpen, 'en').find((line) => line.startsWith('Next: '))).toMatch(
      /; \d more in the report$/,
    );
  });

  it('of a case that nobody diagnosed says that', () => {
    expect(lines(untouched).join('\n')).toMatch(
      /结果：没有排查\n已做：没有改动终端\n下一步：没有待办/,
    );
  });
});

it('a photo that is too much for the report is named with its hash in place of its pixels', () => {
  const text = makeReport(putRight(), { locale: 'en', format: 'html', timeZone });
  expect(text.match(/Left out: too large/g)).toHaveLength(3);
  expect(text).toContain('SHA-256 5e36b3a0');
  expect(text).not.toContain('<img');
});

describe('a cause that has no place in the guide', () => {
  it.each(locales)('is printed by its name alone, in %s', (locale) => {
    const cause = summarize(handedOn()).cause;
    expect([cause?.check, cause?.guide]).toEqual(['order-state', null]);
    const label = checkLabel('order-state', locale);
    for (const format of ['html', 'summary'] as const) {
      const text = makeReport(handedOn(), { locale, format, timeZone });
      expect(text).toContain(label);
      expect(text).not.toMatch(/\bnull\b/u);
    }
  });
});

describe('what helps people with the cause', () => {
  const text = (record: CaseRecord): string =>
    makeReport(record, { locale: 'en', format: 'html', timeZone });

  it('is whom to turn to, what to ask, which papers to have ready, and the card to leave', () => {
    expect(text(handedOn())).toMatch(/Turn to<\/dt>\s*<dd><b>acquirer<\/b>/u);
    expect(text(handedOn())).toContain('<li>business licence (not expired)</li>');
    expect(text(handedOn())).toContain('The payer scans a dynamic code');
  });

  it('is not said again once the cause is gone', () => {
    const record = handedOn();
    const again = structuredClone(record.events[0]);
    if (again?.kind !== 'diagnosis') throw new Error('no diagnosis');
    again.diagnosis = { ...again.diagnosis, cause: null, support: null, cards: [] };
    const finding = again.diagnosis.findings.find(({ check }) => check === 'order-state');
    if (finding) Object.assign(finding, { verdict: 'pass', role: 'finding' });
    record.events.push(again);
    expect(summarize(record).outcome).toBe('resolved');
    expect(text(record)).not.toContain('Turn to');
  });

  it('comes to programs in the language asked for', () => {
    const { diagnoses } = JSON.parse(
      makeReport(handedOn(), { locale: 'zh-CN', format: 'json' }),
    ) as { diagnoses: { support: unknown; cards: unknown[] }[] };
    expect(diagnoses[0]?.support).toMatchObject({ who: 'acquirer', whoText: '收单机构' });
    expect(diagnoses[0]?.cards[0]).toMatchObject({
      id: 'payer-scans-dynamic',
      title: '顾客扫动态码',
    });
  });
});
