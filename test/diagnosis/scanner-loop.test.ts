/** What the scanner's loop test is to the diagnosis: evidence with its age, and no pass before it. */
import { describe, expect, it } from 'vitest';
import { dontKnow, type Finding, type Symptom } from '../../native-bridge/contract/diagnosis.ts';
import { evaluate, runPlaybook } from '../../native-bridge/diagnosis/index.ts';
import { say } from '../../native-bridge/wording/index.ts';
import { loopTest, misses } from './loop-tests.ts';
import { told } from './scenario.ts';
import { scansPayers } from './scenarios-hardware.ts';
import { Bench } from './terminal.ts';

function bench(...tests: Bench['scannerTests']): Bench {
  const made = scansPayers(new Bench());
  made.scannerTests = tests;
  return made;
}

const finding = (made: Bench, symptom: Symptom | null = 'S1'): Finding =>
  evaluate('scanner', made.input(symptom)).finding;

describe('before the loop test', () => {
  it('a self-test that is well is no pass: what the test would settle is said, and to run it', () => {
    const { verdict, headline, remedy } = finding(bench());
    expect({ verdict, key: headline.key }).toEqual({ verdict: 'ask', key: 'ask_scanner_measured' });
    expect(remedy).toMatchObject({ test: 'scanner', who: 'technician' });
    expect(say(headline, 'zh-CN')).toMatch(/自检正常，扫一次 160 ms；.*要做扫码测试才知道/);
    expect(say(remedy?.what ?? headline, 'en')).toMatch(/^Run the scanner test/);
  });

  it.each([null, 'S1', 'S2', 'S3', 'S4', 'S5'] as const)('nothing passes under %s', (symptom) => {
    expect(finding(bench(), symptom).verdict).not.toBe('pass');
  });

  it('who tried it and saw it read is believed', () => {
    const made = bench();
    told(made, 'scanner-tried', 'reads');
    expect(finding(made)).toMatchObject({ verdict: 'pass', remedy: null });
  });

  it('who does not know leaves the test as the next step', () => {
    const made = bench();
    told(made, 'scanner-tried', dontKnow);
    expect(finding(made)).toMatchObject({ verdict: 'unknown', remedy: { test: 'scanner' } });
  });

  it('a model that tells no reads is tried by hand', () => {
    const made = bench();
    made.tellsReads = false;
    expect(finding(made)).toMatchObject({
      verdict: 'ask',
      headline: { key: 'ask_scanner_try' },
      remedy: null,
    });
  });
});

describe('after it', () => {
  it('the band is the evidence, and its age stands in the headline', () => {
    const { headline, evidence } = finding(bench(loopTest({ missed: misses.damaged })));
    expect(say(headline, 'en')).toBe(
      'The scan engine corrects no errors: scanner test 2 min ago, not read Damage 6/6',
    );
    expect(say(headline, 'zh-CN')).toBe('扫码头不纠错：2 分前扫码测试，读不出缺损 6/6');
    expect(evidence).toEqual([
      {
        reading: null,
        source: 'scanner-test',
        raw: 'paper: level 4/4, size 4/4, contrast 3/3, damage 0/6, rotation 3/3, inverted 1/1, form 4/4',
        atUtc: '2026-07-01T10:18:30.000Z',
      },
    ]);
  });

  it('all codes read is a pass, and what a screen leaves open is said', () => {
    expect(finding(bench(loopTest()))).toMatchObject({
      verdict: 'pass',
      headline: { key: 'fine_scanner_loop', facts: { count: 25, ageMs: 120_000 } },
    });
    const { headline } = finding(bench(loopTest({ carrier: 'screen' })));
    expect(say(headline, 'zh-CN')).toMatch(/补光灯没测$/);
  });

  it('a test that left a band open is no pass', () => {
    const test = loopTest({ skipped: ({ band }) => band === 'damage' });
    expect(finding(bench(test))).toMatchObject({
      verdict: 'ask',
      headline: { key: 'ask_scanner_partly', facts: { 'bands.en': ['Damage'] } },
      remedy: { test: 'scanner' },
    });
  });

  it('a test without a result counts as none', () => {
    const unjudged = loopTest({ skipped: () => true });
    expect(finding(bench(unjudged)).headline.key).toBe('ask_scanner_measured');
  });

  it('the newest counts: cleaned and tested again, the window is no fault', () => {
    const dirty = loopTest({ missed: misses.dirty });
    expect(finding(bench(loopTest(), dirty)).verdict).toBe('pass');
    expect(finding(bench(dirty, loopTest())).headline.key).toBe('found_scanner_window');
  });

  it('a dead light found on paper is not cleared by a screen, which is lit', () => {
    const dark = loopTest({ missed: misses.faint });
    const onScreen = loopTest({ carrier: 'screen' });
    expect(finding(bench(onScreen, dark)).headline.key).toBe('found_scanner_light');
  });

  it('what the readings say already is one finding with both as evidence', () => {
    const made = bench(loopTest({ missed: misses.inverted }));
    made.current.set('scanner.inverse', '0');
    const { headline, evidence } = finding(made);
    expect(headline.key).toBe('found_scanner_setting');
    expect(evidence.map(({ source }) => source)).toEqual([
      'setting scanner.inverse',
      'scanner-test',
    ]);
  });

  it('a slow median is slow, though the readings tell no time', () => {
    const made = bench(loopTest({ decodeMs: 1_280 }));
    made.without('scanner.decodeMs');
    expect(finding(made)).toMatchObject({
      verdict: 'fail',
      headline: { key: 'found_scanner_slow', facts: { decodeMs: 1_280 } },
    });
  });

  it('what was told and the test does not bear out is a cause only where nothing else is', () => {
    const made = bench(loopTest());
    told(made, 'scanner-tried', 'dirty');
    made.set({ 'device.tampered': true });
    const { findings } = runPlaybook(made.input('S1'));
    expect(findings.find(({ role }) => role === 'cause')?.check).toBe('tamper');
    expect(findings.find(({ check }) => check === 'scanner')?.role).toBe('finding');
  });

  it('a clock that was set back makes no test of the future', () => {
    const test = loopTest({ missed: misses.dirty, atUtc: '2026-07-02T00:00:00.000Z' });
    expect(finding(bench(test)).headline.facts['ageMs']).toBe(1_000);
  });
});
