/** What the computer sees of the same world, and where it says nothing. */
import { describe, expect, it } from 'vitest';
import type { CheckId } from '../../native-bridge/contract/diagnosis.ts';
import type { ReadingName, ReadingValue } from '../../native-bridge/contract/reading.ts';
import { runPlaybook } from '../../native-bridge/diagnosis/index.ts';
import { throughVpn } from './scenarios-network.ts';
import { Bench } from './terminal.ts';

type Values = Partial<Record<ReadingName, ReadingValue>>;

function judged(values: Values, change: (bench: Bench) => unknown = () => undefined) {
  const bench = new Bench().without('platform.state');
  bench.answers = {};
  change(bench);
  bench.set(values);
  const { findings, cause } = runPlaybook(bench.input('S1'));
  const of = (check: CheckId) => findings.find((finding) => finding.check === check);
  return { cause, of };
}

const timeout = { 'network.paymentHostReached': 'timeout' };

describe('a payment host that the terminal does not reach', () => {
  it('lies on the terminal’s side where the computer reaches it', () => {
    const { cause, of } = judged({ ...timeout, 'computer.paymentHostReached': 'yes' });
    expect(cause).toBe('network');
    expect(of('network')).toMatchObject({
      headline: { key: 'found_network_host_terminal_only' },
      confidence: 'high',
    });
    expect(of('platform')).toMatchObject({
      verdict: 'ask',
      headline: { key: 'ask_platform_up_computer' },
    });
  });

  it('is the host’s own where neither reaches it, and the rest follows', () => {
    const { cause, of } = judged({ ...timeout, 'computer.paymentHostReached': 'timeout' });
    expect(cause).toBe('platform');
    expect(of('network')).toMatchObject({ role: 'follows', confidence: 'medium' });
  });

  it('says nothing of the platform where the computer itself is offline', () => {
    const { cause, of } = judged({ ...timeout, 'computer.online': false }, (b) => {
      b.set({ 'computer.paymentHostReached': 'timeout' });
      b.unread.add('computer.paymentHostReached');
    });
    expect(cause).toBe('network');
    expect(of('platform')?.verdict).toBe('unknown');
    expect(of('network')?.wouldProveWrong?.key).toBe('proof_unread_below');
  });

  it('is not the host’s own where only a tunnel leads there, which the computer has not', () => {
    const outside = { ...timeout, 'computer.paymentHostReached': 'timeout' };
    const { cause, of } = judged({ ...outside, 'vpn.up': false }, throughVpn);
    expect(cause).toBe('vpn');
    expect(of('platform')?.verdict).toBe('ask');
  });

  it('and that refuses the terminal alone is no platform that is down', () => {
    const values = {
      'network.paymentHostReached': 'refused',
      'computer.paymentHostReached': 'yes',
    };
    expect(judged(values).cause).toBe('network');
    const both = { ...values, 'computer.paymentHostReached': 'refused' };
    expect(judged(both).cause).toBe('platform');
  });
});

describe('the platform’s own word', () => {
  it('is believed before anybody is asked, and doubted where somebody was told otherwise', () => {
    const down = { 'platform.state': 'down' };
    expect(judged(down).of('platform')).toMatchObject({ verdict: 'fail', confidence: 'high' });
    const { of } = judged(down, (b) => (b.answers = { 'platform-up': 'yes' }));
    expect(of('platform')).toMatchObject({ verdict: 'fail', confidence: 'medium' });
  });

  it('that can’t be read leaves it unknown until somebody asked', () => {
    const lost = (b: Bench): unknown => b.unread.add('platform.state');
    expect(judged({ 'platform.state': 'up' }, lost).of('platform')?.verdict).toBe('unknown');
    const { of } = judged({ 'platform.state': 'up' }, (b) => {
      lost(b);
      b.answers = { 'platform-up': 'yes' };
    });
    expect(of('platform')?.verdict).toBe('pass');
  });
});

describe('a certificate that the terminal refuses', () => {
  it('is replaced on its way where the computer is shown a good one', () => {
    const { of } = judged({ 'network.tls': 'name', 'computer.tls': 'ok' });
    expect(of('tls')).toMatchObject({ headline: { key: 'found_tls_intercepted' } });
  });

  it('is surer the host’s where the computer refuses it for the same reason', () => {
    const confidence = (computer: Values) =>
      judged({ 'network.tls': 'issuer', ...computer }).of('tls')?.confidence;
    expect(confidence({})).toBe('high');
    expect(judged({ 'network.tls': 'expired', 'computer.tls': 'ok' }).of('tls')?.confidence).toBe(
      'medium',
    );
  });
});

it('a login page that the computer meets is taken for the terminal’s where that can’t tell', () => {
  const met = { ...timeout, 'computer.captivePortal': true };
  const { of } = judged(met, (b) => b.without('wifi.captivePortal'));
  expect(of('wifi')).toMatchObject({ verdict: 'fail', confidence: 'low' });
  expect(judged(met).of('wifi')?.verdict).toBe('pass');
});

describe('a clock without a reference', () => {
  const shown = (clockUtc: string, change: (bench: Bench) => unknown = () => undefined) =>
    judged({ 'clock.utc': clockUtc }, (b) => {
      b.clockReference = null;
      change(b);
    }).of('clock');

  it('is asked about, however well it agrees with this computer’s', () => {
    expect(shown('2026-07-01T10:20:30Z')?.verdict).toBe('ask');
    expect(shown('2026-07-01T03:20:30Z')?.verdict).toBe('ask');
  });

  it('is wrong in a year that was before its firmware, and days off this computer’s', () => {
    expect(shown('2019-01-01T00:00:00Z')).toMatchObject({ verdict: 'fail', confidence: 'high' });
    expect(shown('2026-06-20T10:20:30Z')).toMatchObject({ verdict: 'fail', confidence: 'medium' });
    const patched = (b: Bench): unknown => b.set({ 'firmware.securityPatch': '2026-06-30' });
    expect(shown('2026-06-29T10:20:30Z', patched)).toMatchObject({ verdict: 'fail' });
  });
});

it('a time without its zone is no time', () => {
  expect(judged({ 'clock.utc': '2026-07-01T18:20:30' }).of('clock')?.verdict).toBe('unknown');
});

it('a card that is not the way is worth a word where it could not step in', () => {
  const { cause, of } = judged({ 'cellular.sim': 'locked' });
  expect(cause).toBeNull();
  expect(of('cellular')?.verdict).toBe('warn');
});

it('what the merchant’s app tells counts though the loudspeaker reads well', () => {
  const bench = new Bench().set({ 'payment.settlementTail': '0007' });
  bench.answers = { 'sound-page': 'other' };
  const { findings, cause } = runPlaybook(bench.input('S4'));
  expect(cause).toBe('sound-device');
  expect(findings.find(({ role }) => role === 'cause')?.confidence).toBe('medium');
});
