/** How sure a cause is by what the answers settled, and by what they left open. */
import { describe, expect, it } from 'vitest';
import type { Answers, Symptom } from '../../native-bridge/contract/diagnosis.ts';
import { anyParts, runPlaybook, withoutTerminal } from '../../native-bridge/diagnosis/index.ts';
import { atUtc, Bench } from './terminal.ts';

const { model } = new Bench().input(null);

function causeOf(symptom: Symptom, answers: Answers) {
  const input = withoutTerminal({ ...model, has: anyParts }, { symptom, answers, atUtc });
  return runPlaybook(input).findings.find(({ role }) => role === 'cause');
}

const noWifi: Answers = { 'status-bar': 'no-wifi' };

describe('without a terminal a cause that somebody saw', () => {
  it('is not in doubt for what no terminal was there to read', () => {
    expect(causeOf('S1', noWifi)).toMatchObject({
      check: 'wifi',
      confidence: 'medium',
      wouldProveWrong: { key: 'proof_wifi_not_joined' },
    });
  });

  it('stays as sure where what stands below was looked at and is well', () => {
    const settled = { ...noWifi, 'terminal-screen': 'normal' };
    expect(causeOf('S1', settled)?.confidence).toBe('medium');
  });

  it('is less sure where nobody knew of what stands below, which is named', () => {
    const cause = causeOf('S1', { ...noWifi, 'terminal-screen': 'unknown' });
    expect(cause?.confidence).toBe('low');
    expect(cause?.wouldProveWrong).toMatchObject({
      key: 'proof_unread_below',
      facts: { 'checks.en': ['Battery level', 'Tamper state'] },
    });
  });

  it('is not in doubt for what nobody knew above it', () => {
    const answers = { ...noWifi, 'scanner-tried': 'unknown', 'clock-shown': 'unknown' };
    expect(causeOf('S1', answers)?.confidence).toBe('medium');
  });

  it('is not in doubt for what another answer ruled out', () => {
    const open = { ...noWifi, 'terminal-screen': 'unknown' };
    // With a phone's hotspot it goes: it is the network, whatever the battery.
    expect(causeOf('S1', { ...open, hotspot: 'works' })?.confidence).toBe('high');
  });

  it('is not in doubt for what can not produce the symptom', () => {
    const answers = {
      'card-page': 'none',
      'terminal-screen': 'unknown',
      'phone-same-wifi': 'unknown',
    };
    expect(causeOf('S5', answers)).toMatchObject({ check: 'card-bound', confidence: 'medium' });
  });

  it('is in doubt for what would explain it, wherever that stands', () => {
    const announced = { 'back-office-order': 'reversed' };
    const settled = causeOf('S3', { ...announced, 'test-payment': 'right' });
    const open = causeOf('S3', { ...announced, 'test-payment': 'unknown' });
    expect([settled?.check, settled?.confidence, open?.confidence]).toEqual([
      'order-state',
      'medium',
      'low',
    ]);
  });
});

describe('with a terminal a reading that failed', () => {
  const unreached = () => {
    const bench = new Bench().set({ 'network.paymentHostReached': 'timeout' });
    bench.unread.add('battery.levelPercent');
    return bench;
  };
  const sureness = (bench: Bench) =>
    runPlaybook(bench.input('S1')).findings.find(({ role }) => role === 'cause')?.confidence;

  it('leaves the cause above it in doubt', () => {
    expect(sureness(unreached())).toBe('medium');
  });

  it('leaves none once somebody looked', () => {
    const bench = unreached();
    bench.answers = { ...bench.answers, 'terminal-screen': 'normal' };
    expect(sureness(bench)).toBe('high');
  });
});
