/** What can't be read is unknown, never pass, and a cause that leans on it says so. */
import { describe, expect, it } from 'vitest';
import { confidenceSchema } from '../../native-bridge/contract/diagnosis.ts';
import type { CheckId } from '../../native-bridge/contract/diagnosis.ts';
import {
  evaluate,
  needsSettings,
  readingsFor,
  runPlaybook,
  checkOrder,
} from '../../native-bridge/diagnosis/index.ts';
import { checks } from '../../native-bridge/diagnosis/checks/index.ts';
import { scansPayers } from './scenarios-hardware.ts';
import { throughVpn } from './scenarios-network.ts';
import { explained, scenarios } from './scenarios.ts';
import { Bench } from './terminal.ts';

/** A terminal that goes over 4G consults what one on Wi-Fi does not. */
function overCellular(): Bench {
  const bench = new Bench().set({ 'network.link': 'cellular', 'wifi.joined': false });
  bench.expected = { ...bench.expected, wifiSsids: [] };
  return bench;
}

/** A healthy terminal that this check matters to. */
function consulting(check: CheckId): Bench {
  switch (check) {
    case 'cellular':
      return overCellular();
    case 'vpn':
      return throughVpn(new Bench());
    case 'scanner':
      return scansPayers(new Bench());
    default:
      return new Bench();
  }
}

const needed = checks.flatMap((check) => check.needs.map((name) => [check.id, name] as const));
const well: readonly unknown[] = ['pass', 'not-applicable'];

describe('a reading that could not be read', () => {
  it.each(needed)('makes %s unknown: %s', (id, name) => {
    const bench = consulting(id);
    expect(evaluate(id, bench.input('S3')).finding.verdict).toBe('pass');
    bench.unread.add(name);
    const { finding } = evaluate(id, bench.input('S3'));
    expect(finding).toMatchObject({ verdict: 'unknown', headline: { key: 'unread_things' } });
  });

  it.each([
    ['the wrong type', 'battery.levelPercent', 'eighty'],
    ['more than there can be', 'battery.levelPercent', 250],
    ['a signal above zero', 'wifi.rssiDbm', 40],
    ['no number', 'network.lossPercent', Number.NaN],
    ['a flag in words', 'wifi.joined', 'perhaps'],
  ] as const)('counts for one with %s', (_what, name, value) => {
    const { findings } = runPlaybook(new Bench().set({ [name]: value }).input('S1'));
    const check = checks.find((c) => c.needs.includes(name))?.id;
    expect(findings.find((f) => f.check === check)?.verdict).toBe('unknown');
  });

  it('is another thing than one the model does not have', () => {
    const bench = new Bench().without('network.largeRequestsPass', 'battery.celsius');
    const { findings } = runPlaybook(bench.input('S1'));
    expect(findings.filter((f) => !well.includes(f.verdict))).toEqual([]);
  });

  it('leaves what is shown only as it was', () => {
    for (const check of checks) {
      for (const name of check.also) {
        const bench = consulting(check.id);
        const verdict = () => evaluate(check.id, bench.input('S1')).finding.verdict;
        const before = verdict();
        bench.unread.add(name);
        expect([check.id, name, before, verdict()]).toEqual([check.id, name, 'pass', before]);
      }
    }
  });
});

describe('a cause', () => {
  const level = (confidence: string): number =>
    ['low', 'medium', 'high'].indexOf(confidenceSchema.parse(confidence));
  const faults = scenarios.flatMap((s) =>
    s.symptoms.split(' ').map((n) => [s.condition, `S${n}` as 'S1', s] as const),
  );

  it.each(faults)('of %s under %s never changes in silence', (_name, symptom, scenario) => {
    const whole = new Bench();
    scenario.make(whole);
    const before = runPlaybook(whole.input(symptom));
    const sure = before.findings.find((f) => f.role === 'cause');
    for (const name of whole.values.keys()) {
      const bench = new Bench();
      scenario.make(bench);
      bench.unread.add(name);
      const { cause, findings } = runPlaybook(bench.input(symptom));
      const own = findings.find((f) => f.check === scenario.check);
      if (cause === before.cause) {
        const now = findings.find((f) => f.role === 'cause');
        expect(level(now?.confidence ?? '')).toBeLessThanOrEqual(level(sure?.confidence ?? '') + 1);
        continue;
      }
      // Another cause, or none: then the check that held it says that it could not be read.
      // (or waits for the answer that would tell).
      expect([name, cause, own?.verdict]).toEqual([
        name,
        cause,
        expect.stringMatching(/^(unknown|ask)$/),
      ]);
      const remaining = findings.find((f) => f.role === 'cause');
      const consequence = explained.some(([by]) => by === scenario.condition);
      expect(remaining === undefined || consequence).toBe(true);
      if (remaining) expect(remaining.wouldProveWrong?.key).toBe('proof_unread_below');
    }
  });

  it('above a check that could not be read is less sure, and names it', () => {
    const bench = new Bench().set({ 'network.paymentHostReached': 'timeout' });
    const sure = runPlaybook(bench.input('S4')).findings.find((f) => f.role === 'cause');
    bench.unread.add('battery.levelPercent');
    const unsure = runPlaybook(bench.input('S4')).findings.find((f) => f.role === 'cause');
    expect([sure?.confidence, unsure?.confidence]).toEqual(['high', 'medium']);
    expect(unsure?.wouldProveWrong).toMatchObject({ key: 'proof_unread_below' });
  });
});

it('each check asks for its own readings that the model has, once', () => {
  const { model } = new Bench().without('battery.celsius').input('S1');
  for (const id of checkOrder) {
    const names = readingsFor(id, model);
    expect(new Set(names).size).toBe(names.length);
    expect(names.every((name) => model.readings.has(name))).toBe(true);
  }
  expect(readingsFor('battery', model)).toEqual([
    'battery.levelPercent',
    'battery.charging',
    'battery.millivolts',
    'battery.health',
  ]);
  expect(checkOrder.filter(needsSettings)).toEqual([
    'network',
    'wifi',
    'vpn',
    'clock',
    'scanner',
    'payment-settings',
    'qr-mode',
    'platform',
    'qr-validity',
  ]);
});

it('a setting with an expected value that could not be read makes its check unknown', () => {
  for (const [key, id] of [
    ['pay/announce', 'payment-settings'],
    ['qr/payee', 'qr-mode'],
    ['net/host', 'network'],
    ['wifi/country', 'wifi'],
  ] as const) {
    const bench = new Bench();
    bench.unreadSettings.add(key);
    expect(evaluate(id, bench.input('S1')).finding.verdict).toBe('unknown');
  }
});
