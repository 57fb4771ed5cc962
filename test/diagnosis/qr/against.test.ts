import { describe, expect, it } from 'vitest';
import { compareQr, type Moments } from '../../../native-bridge/diagnosis/qr/index.ts';
import { atUtc, Bench, merchant, payload } from '../terminal.ts';

const now: Moments = { seenUtc: atUtc, isExact: true, nowUtc: atUtc };
const rows = (text: string, bench = new Bench(), at = now) =>
  compareQr(text, bench.input('S3'), at);
/** Without what is right. */
const wrong = (text: string, bench = new Bench(), at = now) =>
  rows(text, bench, at)
    .filter(({ verdict }) => verdict !== 'pass')
    .map(({ verdict, topic, what }) =>
      [verdict, topic.key, what.key].join(' ').replaceAll('qr_', ''),
    );
const passed = (text: string, bench = new Bench(), at = now) =>
  rows(text, bench, at)
    .filter(({ verdict }) => verdict === 'pass')
    .map(({ topic }) => topic.key.replace('qr_topic_', ''));
const later = (seconds: number): string =>
  new Date(Date.parse(atUtc) + seconds * 1000).toISOString();

describe('a code held against a terminal', () => {
  it('that is its own passes in everything, and says both values and where each is from', () => {
    const own = payload();
    expect(wrong(own)).toEqual([]);
    expect(passed(own)).toEqual([
      ...['screen', 'merchant_number', 'merchant_name', 'terminal', 'currency', 'country', 'mode'],
      ...['presented', 'validity', 'clock'],
    ]);
    const number = rows(own).find(({ topic }) => topic.key === 'qr_topic_merchant_number');
    expect(number).toMatchObject({
      found: { facts: { name: merchant.number } },
      expected: { facts: { name: merchant.number } },
      source: { key: 'qr_source_expected' },
    });
  });

  it.each([
    [
      'another merchant',
      { number: merchant.otherNumber, name: '隔壁' },
      [
        'fail topic_merchant_number against_other_merchant',
        'fail topic_merchant_name against_other_name',
      ],
    ],
    ['another terminal', { terminal: '99999999' }, ['fail topic_terminal against_other_terminal']],
    ['another currency', { currency: '344' }, ['fail topic_currency against_currency']],
    ['another mode than is set', { initiation: '11' }, ['fail topic_mode against_mode']],
    [
      'its merchant by another name',
      { name: '隔壁' },
      ['warn topic_merchant_name against_other_name'],
    ],
    [
      'its merchant by the name alone',
      { number: merchant.otherNumber },
      ['unknown topic_merchant_number against_number_absent'],
    ],
  ])('that names %s is told so', (_what, parts, expected) => {
    expect(wrong(payload(parts))).toEqual(expected);
  });

  it('is held against the agreed mode too, where that is not the one that is set', () => {
    const bench = new Bench().set({ 'qr.mode': 'static' });
    expect(wrong(payload(), bench)).toEqual(['fail topic_mode against_mode']);
    expect(passed(payload(), bench)).toContain('mode');
  });

  it('takes the terminal’s serial number for its number', () => {
    const bench = new Bench().set({ 'identity.serialNumber': 'CB2000042' });
    expect(passed(payload({ terminal: 'CB2000042' }), bench)).toContain('terminal');
  });

  it('has the country of the terminal’s currency', () => {
    const bench = new Bench().set({ 'payment.currency': '344' });
    bench.expected = { ...bench.expected, currency: '344' };
    expect(wrong(payload({ currency: '344' }), bench)).toEqual([
      'warn topic_country against_country',
    ]);
  });

  it('shows no card number that it names', () => {
    expect(JSON.stringify(rows(payload({ terminal: '4111111111111111' })))).not.toContain(
      '4111111111111111',
    );
  });

  it('that is broken fails, and is compared as far as it can be read', () => {
    const text = payload({ terminal: '99999999' }).replace('HANGZHOU', 'HANGZHEU');
    expect(wrong(text)).toEqual([
      'fail topic_whole against_broken',
      'fail topic_terminal against_other_terminal',
    ]);
  });

  it('is unknown where the terminal’s own settings can’t be read', () => {
    const bench = new Bench();
    bench.expectations = false;
    bench.without('payment.merchantNumber', 'payment.merchantName', 'payment.terminalNumber');
    expect(wrong(payload(), bench)).toEqual([
      'unknown topic_merchant_number against_unknown',
      'unknown topic_terminal against_no_value',
    ]);
  });

  it('that a terminal can’t have shown is told so', () => {
    const bench = new Bench().set({ 'qr.presented': 'customer' });
    expect(wrong(payload(), bench)).toEqual(['warn topic_presented against_scans']);
    expect(wrong('134567890123456789')).toEqual(['warn topic_presented against_shows']);
    expect(wrong('134567890123456789', bench)).toEqual([]);
  });

  it('that is none has nothing to compare', () => {
    expect(wrong('hello')).toEqual(['not-applicable topic_whole against_not_applicable']);
  });
});

describe('the time of a code', () => {
  /** Its screen has another code by now. */
  const gone = () => new Bench().set({ 'qr.payload': 'https://pay.example/1' });

  it.each([
    ['in its validity', 100, true, []],
    ['after it', 130, true, ['warn topic_validity against_expired']],
    ['in a picture that may be older', 100, false, ['unknown topic_validity against_age_unknown']],
    ['in a picture after it', 130, false, ['warn topic_validity against_expired']],
    ['in a picture from the future', -50, false, ['unknown topic_validity against_age_unknown']],
  ])('%s', (_what, seconds, isExact, expected) => {
    const at = { seenUtc: atUtc, isExact, nowUtc: later(seconds) };
    expect(wrong(payload(), gone(), at)).toEqual(expected);
  });

  it('is now for the code that is on the screen, wherever else it was seen', () => {
    const at = { seenUtc: null, isExact: false, nowUtc: atUtc };
    expect(wrong(payload(), new Bench(), at)).toEqual([]);
    expect(wrong(payload(), gone(), at)).toEqual(['unknown topic_validity against_age_unknown']);
  });

  it('can’t be right where the terminal’s clock is off by more than its validity', () => {
    const bench = new Bench().set({ 'clock.utc': later(-121) });
    expect(wrong(payload(), bench)).toEqual(['fail topic_clock against_clock_off']);
    expect(passed(payload(), new Bench().set({ 'clock.utc': later(119) }))).toContain('clock');
  });

  it('is none of a static code’s', () => {
    const bench = new Bench().set({ 'qr.mode': 'static', 'clock.utc': later(-9999) });
    bench.expected = { ...bench.expected, qrMode: 'static' };
    bench.dropped.add('qr/mode');
    expect(wrong(payload({ initiation: '11' }), bench)).toEqual([]);
  });

  it('of a WeChat order or payer’s code is the platform’s, without a terminal too', () => {
    const at = { seenUtc: atUtc, isExact: false, nowUtc: later(7300) };
    const verdicts = (text: string) => compareQr(text, null, at).map(({ what }) => what.key);
    expect(verdicts('weixin://wxpay/bizpayurl?pr=abc')).toEqual(['qr_against_expired']);
    expect(verdicts('134567890123456789')).toEqual(['qr_against_expired']);
    expect(verdicts('281234567890123456')).toEqual([]);
  });
});

describe('an address held against a terminal', () => {
  const place = 'https://qr.alipay.com/fkx07';
  const against = (text: string, expected: string) => {
    const bench = new Bench().set({ 'qr.payload': expected });
    bench.extraSettings.push(['qr/payload', 'qr.payload', expected]);
    return wrong(text, bench);
  };

  it.each([
    ['the same', place, []],
    ['the host in capitals', 'HTTPS://QR.ALIPAY.COM/fkx07', []],
    ['the port that https has', 'https://qr.alipay.com:443/fkx07', []],
    ['a closing dot and slash', 'https://qr.alipay.com./fkx07/', []],
    ['a letter as an escape', 'https://qr.alipay.com/%66kx07', []],
    [
      'the path in capitals',
      'https://qr.alipay.com/FKX07',
      ['fail topic_address against_other_path'],
    ],
    ['more in the query', `${place}?t=1`, ['fail topic_address against_other_path']],
    ['another scheme', 'http://qr.alipay.com/fkx07', ['warn topic_address against_scheme']],
    ['another port', 'https://qr.alipay.com:81/fkx07', ['fail topic_address against_other_host']],
    [
      'its host before an @',
      'https://qr.alipay.com@evil.example/fkx07',
      ['fail topic_address against_other_host'],
    ],
    [
      'its host in another script',
      'https://qr.аlipay.com/fkx07',
      ['fail topic_address against_other_host'],
    ],
  ])('by %s', (_what, text, expected) => {
    expect(against(text, place)).toEqual(expected);
  });

  it('has the terminal’s screen to go by where nobody says which is expected', () => {
    const shows = (mode: string) => {
      const bench = new Bench().set({ 'qr.payload': place, 'qr.mode': mode });
      return wrong('https://qr.alipay.com/fkx08', bench);
    };
    expect(shows('dynamic')).toEqual(['unknown topic_address against_same_host']);
    expect(shows('static')).toEqual(['fail topic_address against_other_path']);
  });

  it('is unknown where neither is there', () => {
    expect(wrong(place)).toEqual(['unknown topic_address against_unknown']);
  });

  it('is of a wallet that the terminal takes, or not', () => {
    expect(wrong('https://qr.95516.com/1')).toEqual([
      'unknown topic_address against_unknown',
      'warn topic_method against_no_method',
    ]);
  });
});
