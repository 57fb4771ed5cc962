import { describe, expect, test } from 'vitest';
import { check, parentsOf } from './support.ts';

const base = `format: 1
name: base
vendor: Acme
model: Any
labels: { zh-CN: 基, en: Base }
recognition: { smpInfo: base }
line: { baud: 9600, dtr: false }
has: { wifi: true }
readings:
  network.link: { from: smp-statistics, group: net, field: link }
  qr.payload: { from: smp-shell, argv: [qr], pattern: '.+' }
settings:
  qr.mode:
    key: qr/mode
    labels: { zh-CN: 模式, en: Mode }
    type: choice
    allowed: [dynamic, static]
support:
  - { who: vendor, labels: { zh-CN: 甲, en: A } }
`;
const parents = parentsOf({ base });
const child = (rest: string) => `format: 1\nname: child\nextends: [base]\n${rest}`;

describe('extends', () => {
  test('takes what the profile does not say itself', () => {
    const { value } = check(child('model: B-2\n'), parents);
    expect(value).toMatchObject({ name: 'child', vendor: 'Acme', model: 'B-2' });
    expect(value?.readings.has('network.link')).toBe(true);
  });

  test('merges maps key by key', () => {
    const { value } = check(child('line: { baud: 19200 }\n'), parents);
    expect(value?.line).toEqual({ baud: 19200, dtr: false, rts: true });
  });

  test('lets one key of a setting be changed', () => {
    const { value } = check(child('settings: { qr.mode: { expected: static } }\n'), parents);
    expect(value?.settings).toMatchObject([{ key: 'qr.mode', expected: 'static' }]);
  });

  test('replaces a reading whole, so that keys of another source do not linger', () => {
    const text = child('readings: { network.link: { from: smp-settings, key: net/link } }\n');
    const { value, problems } = check(text, parents);
    expect(problems).toEqual([]);
    expect(value?.readings.get('network.link')?.source).toEqual({
      from: 'smp-settings',
      key: 'net/link',
    });
  });

  test('replaces lists', () => {
    const { value } = check(child('support: []\n'), parents);
    expect(value?.support).toEqual([]);
  });

  test('does not inherit what opening ADB does', () => {
    const adb = 'adb: { openingIsReversible: true, fact: { source: a recording, proven: true } }';
    const parent = parentsOf({ base: `${base}${adb}\n` });
    expect(check(child(''), parent).value?.debugMode).toBeNull();
  });

  test('does not inherit by what a terminal is recognised', () => {
    expect(check(child(''), parents).value?.recognition.smpInfo).toBeNull();
  });

  test('lets a later parent win', () => {
    const both = parentsOf({ base, other: base.replace('vendor: Acme', 'vendor: Other') });
    const text = 'format: 1\nname: child\nextends: [base, other]\n';
    expect(check(text, both).value?.vendor).toBe('Other');
  });

  test('names the file in which an inherited value is wrong', () => {
    const broken = parentsOf({ base: base.replace('baud: 9600', 'baud: fast') });
    const { problems } = check(child(''), broken);
    expect(problems).toMatchObject([{ file: 'base.yaml', line: 7, path: 'line/baud' }]);
  });

  test('names a parent that does not exist, and the one that was probably meant', () => {
    const { problems } = check('format: 1\nname: child\nextends: [bas]\n', parents);
    expect(problems[0]).toMatchObject({ line: 3, path: 'extends/0', found: '"bas"' });
    expect(problems[0]?.expected).toBe('base (probably)');
  });

  test('takes names only, no paths', () => {
    const { problems } = check('format: 1\nname: child\nextends: [../base.yaml]\n', parents);
    expect(problems.map(({ path }) => path)).toContain('extends/0');
  });

  test('does not run in circles', () => {
    const circle = parentsOf({
      a: 'format: 1\nname: a\nextends: [b]\n',
      b: 'format: 1\nname: b\nextends: [c]\n',
      c: 'format: 1\nname: c\nextends: [a]\n',
    });
    const { problems } = check('format: 1\nname: child\nextends: [a]\n', circle);
    expect(problems.map(({ expected }) => expected)).toContain(
      'no circle of extends: a → b → c → a',
    );
  });
});
