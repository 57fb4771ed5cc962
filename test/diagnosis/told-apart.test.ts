/** Faults that look alike and differ in the symptoms that they can produce. */
import { describe, expect, it } from 'vitest';
import type { Symptom } from '../../native-bridge/contract/diagnosis.ts';
import { runPlaybook } from '../../native-bridge/diagnosis/index.ts';
import { Bench, merchant, payload } from './terminal.ts';

const causeOf = (bench: Bench, symptom: Symptom) => {
  const { findings, cause } = runPlaybook(bench.input(symptom));
  return findings.find(({ check }) => check === cause)?.headline.key ?? null;
};

const lateBy7h = (tls: string): Bench =>
  new Bench().set({ 'clock.utc': '2026-07-01T03:20:30Z', 'network.tls': tls });

describe('a clock that is seven hours late', () => {
  it('keeps the terminal from its platform where the certificate looks too new', () => {
    expect(causeOf(lateBy7h('not-yet-valid'), 'S1')).toBe('found_clock_behind');
  });

  it('keeps it from nothing where the certificate is taken', () => {
    expect(causeOf(lateBy7h('ok'), 'S1')).toBeNull();
    expect(causeOf(lateBy7h('ok'), 'S4')).toBeNull();
    expect(causeOf(lateBy7h('ok'), 'S2')).toBe('found_clock_off');
  });

  it('does not make a certificate look expired', () => {
    expect(causeOf(lateBy7h('expired'), 'S1')).toBe('found_tls_expired');
  });

  it('may be the reason where nobody saw a certificate', () => {
    const bench = lateBy7h('ok').without('network.tls');
    expect(causeOf(bench, 'S1')).toBe('found_clock_behind');
  });

  it('is hardly the reason where somebody says so and the certificate is taken', () => {
    const bench = new Bench();
    bench.answers = { ...bench.answers, 'clock-shown': 'behind' };
    const { findings } = runPlaybook(bench.input('S1'));
    expect(findings.find(({ check }) => check === 'clock')?.confidence).toBe('low');
  });
});

describe('a host that refuses', () => {
  const refusing = () =>
    new Bench()
      .set({ 'network.paymentHostReached': 'refused' })
      .without('platform.state')
      .unanswer('platform-up');

  it('says that the platform is down where it is the platform’s', () => {
    expect(causeOf(refusing(), 'S2')).toBe('found_platform_refuses');
  });

  it('says nothing of the platform where another host is set', () => {
    const bench = refusing();
    bench.current.set('net/host', 'pay.old-acquirer.test');
    expect(causeOf(bench, 'S1')).toBe('found_network_setting_wrong');
    expect(causeOf(bench, 'S2')).toBeNull();
  });
});

describe('a wrong merchant number', () => {
  const withNumber = (number: string, code: string): Bench =>
    new Bench().set({
      'payment.merchantNumber': number,
      'payment.lastResponseCode': code,
      'qr.payload': payload({ number }),
    });

  it('that is another merchant’s takes the money there', () => {
    const bench = withNumber(merchant.otherNumber, '00');
    expect(causeOf(bench, 'S3')).toBe('found_payment_merchant_number');
  });

  it('that is nobody’s takes no money, nor does a code made from it', () => {
    const bench = withNumber(merchant.nobodysNumber, '03');
    expect(causeOf(bench, 'S3')).toBeNull();
    expect(causeOf(bench, 'S4')).toBeNull();
    expect(causeOf(bench, 'S1')).toBe('found_payment_merchant_unknown');
  });

  it('that is nobody’s does not hide that the code pays somebody else', () => {
    const bench = withNumber(merchant.nobodysNumber, '03').set({
      'qr.payload': payload({ number: merchant.otherNumber, name: '别家小店' }),
    });
    expect(causeOf(bench, 'S3')).toBe('found_qr_payload_other_merchant');
  });
});

it('a code that is waited for instead of shown is no reason for a refusal or a missing order', () => {
  const bench = new Bench().set({ 'qr.presented': 'customer', 'qr.payload': '' });
  bench.extraSettings = [['qr/presented', 'qr.presented', 'merchant']];
  const causes = (['S1', 'S2', 'S3'] as const).map((symptom) => causeOf(bench, symptom));
  expect(causes).toEqual(['found_qr_presented_wrong', null, null]);
});
