import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { say } from '../../native-bridge/wording/index.ts';
import { check, edited, good, pem } from './support.ts';
import { wrongProfiles } from './wrong-profiles.ts';

describe('a profile that is right', () => {
  const { value: profile, problems, name } = check(good);

  test('has no problems', () => {
    expect(problems).toEqual([]);
    expect(name).toBe('box');
  });

  test('keeps leading zeros and trailing zeros', () => {
    const tid = profile?.settings.find(({ key }) => key === 'payment.terminalNumber');
    expect(tid?.expected).toBe('0123456789');
    expect(profile?.firmware?.admittedVersion).toBe('2.10.0');
    expect(profile?.recognition.usb).toMatchObject([{ vendorId: '2fe3', productId: '0100' }]);
  });

  test('has numbers where numbers are wanted', () => {
    expect(profile?.line).toEqual({ baud: 9600, dtr: false, rts: true });
    expect(profile?.readings.get('battery.celsius')).toMatchObject({ scale: 0.1, offset: 0 });
  });

  test('takes defaults for what it does not say', () => {
    expect(profile?.thresholds).toMatchObject({ batteryFailPercent: 15, batteryWarnPercent: 30 });
    expect(profile?.has).toMatchObject({ wifi: true, battery: false });
    expect(profile?.firmware).toMatchObject({ signatureRequired: true, slotSizeBytes: null });
  });

  test('is read from a setting where the setting is named like a reading', () => {
    expect(profile?.readings.get('qr.validitySeconds')).toMatchObject({
      source: { from: 'smp-settings', key: 'qr/valid' },
      type: 'integer',
    });
  });

  test('never reads a secret', () => {
    const sources = [...(profile?.readings.values() ?? [])].map(({ source }) => source);
    expect(sources).not.toContainEqual({ from: 'smp-settings', key: 'wifi/psk' });
  });

  test('lets its expectations follow from its settings', () => {
    expect(profile?.expected).toEqual({
      wifiSsids: [],
      qrMode: 'dynamic',
      paymentHost: 'pay.example:8443',
      vpn: null,
      currency: null,
      paymentAppVersion: null,
      paymentAppSigners: [],
    });
  });

  test('says nothing of opening ADB unless it does, and then from where', () => {
    const fact = 'fact: { source: a recording, proven: true }';
    const { value } = check(`${good}adb: { openingIsReversible: true, ${fact} }\n`);
    expect(profile?.debugMode).toBeNull();
    expect(value?.debugMode).toEqual({
      reversible: true,
      fact: { source: 'a recording', proven: true },
    });
  });

  test('is not shipped when it is not', () => {
    expect(profile?.shipped).toBe(false);
    expect(profile?.firmware?.keys).toEqual([{ name: 'acme', pem: `${pem}\n` }]);
  });
});

describe('a profile that is wrong', () => {
  test.each(wrongProfiles)('names file, line and what was expected: $what', (row) => {
    const { value, problems } = check(edited(row.from, row.to));
    expect(value).toBeNull();
    const [problem] = problems;
    expect(problem).toMatchObject({ file: 'box.yaml', line: row.line, path: row.path });
    expect(problem?.expected.startsWith(row.expected)).toBe(true);
    expect(problem?.found.startsWith(row.found)).toBe(true);
  });

  test.each(wrongProfiles)('says so in Chinese too: $what', (row) => {
    for (const { expectation } of check(edited(row.from, row.to)).problems) {
      const words = say(expectation, 'zh-CN');
      expect(words).not.toMatch(/^\[/);
      expect(words).not.toBe(say(expectation, 'en'));
    }
  });

  test('names every problem at once, in the file’s order', () => {
    const text = good
      .replace('baud: 9600', 'baud: fast')
      .replace('unit: celsius', 'unit: kelvin')
      .replace('family: mcuboot', 'famly: mcuboot')
      .replace('vendor: Acme\n', '');
    expect(check(text).problems.map(({ line, path }) => [line, path])).toEqual([
      [1, ''],
      [11, 'line/baud'],
      [25, 'readings/battery.celsius/unit'],
      [61, 'firmware/famly'],
    ]);
  });

  test('keeps a signature’s demand and its keys together', () => {
    const keys = good.slice(good.indexOf('  keys:'), good.indexOf('  admittedVersion'));
    const [problem] = check(edited(keys, '')).problems;
    expect(problem?.path).toBe('firmware/keys');
    expect(problem?.expected).toContain('at least one key');
    expect(check(edited(keys, '  signatureRequired: false\n')).problems).toEqual([]);
  });

  test.each(['', '[]', 'text', '# only a comment'])(
    'says so of a file that is no map: %j',
    (text) => {
      expect(check(text).problems).toMatchObject([{ expected: 'a map of keys and values' }]);
    },
  );

  test('shows no more than a piece of a long value', () => {
    const { problems } = check(edited('baud: 9600', `baud: ${'9'.repeat(5000)}`));
    expect(problems[0]?.found.length).toBeLessThan(80);
  });
});

describe('any profile', () => {
  test('with lines removed, repeated or exchanged gets a profile or problems', () => {
    const lines = good.split('\n');
    const edit = fc.record({
      at: fc.nat(lines.length - 1),
      remove: fc.nat(4),
      copyFrom: fc.nat(lines.length - 1),
      copy: fc.nat(3),
    });
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 5 }), (edits) => {
        const changed = [...lines];
        for (const { at, remove, copyFrom, copy } of edits) {
          changed.splice(at, remove, ...lines.slice(copyFrom, copyFrom + copy));
        }
        const { value, problems } = check(changed.join('\n'));
        expect(value === null).toBe(problems.length > 0);
        for (const { line, expected } of problems) {
          expect(line).toBeGreaterThan(0);
          expect(expected).not.toBe('');
        }
      }),
      { numRuns: 400 },
    );
  });
});
