/**
 * Which profile an Android terminal's properties call, and what the makers' profiles claim. The
 * properties are our own, in the form of the sources that each profile names.
 */
import { describe, expect, it, test } from 'vitest';
import { recogniseByAndroid, shippedProfile } from '../../native-bridge/terminals/catalogue.ts';
import type { Fact } from '../../native-bridge/terminals/profile-source.ts';
import type { Profile } from '../../native-bridge/terminals/profile.ts';

const makers = ['pax-android', 'sunmi-android', 'newland-android'] as const;
const generic = shippedProfile('android-generic');

const told = (properties: Record<string, string>): ReadonlyMap<string, string> =>
  new Map(Object.entries({ 'ro.build.version.release': '7.1.2', ...properties }));

const named = (manufacturer: string, model: string) =>
  told({ 'ro.product.manufacturer': manufacturer, 'ro.product.model': model });

describe('a terminal is recognised by its maker', () => {
  it.each([
    ['PAX', 'A920', 'pax-android'],
    ['PAX', 'A910S', 'pax-android'],
    ['SUNMI', 'P2', 'sunmi-android'],
    ['SUNMI', 'V2_PRO', 'sunmi-android'],
    ['Newland', 'N910', 'newland-android'],
    ['newland', 'N950', 'newland-android'],
    ['Newland', 'NLS-MT90-GL', 'newland-android'],
  ])('%s %s: %s', (manufacturer, model, profile) => {
    expect(recogniseByAndroid(named(manufacturer, model))).toBe(profile);
  });

  it.each([
    ['LANDI', 'APOS A8OVS'],
    ['Zebra Technologies', 'TC70x'],
    ['Paxton', 'A920'],
    ['Google', 'Newland demo'],
  ])('%s %s: the generic one', (manufacturer, model) => {
    expect(recogniseByAndroid(named(manufacturer, model))).toBe('android-generic');
  });

  test('that it does not tell: the generic one', () => {
    expect(recogniseByAndroid(told({}))).toBe('android-generic');
  });
});

describe.each(makers)('%s', (name) => {
  const profile = shippedProfile(name);
  const facts = factsOf(profile);

  it('names a public source for all that is not Android’s own', () => {
    const own = [...profile.readings].filter(([key, how]) => !isGeneric(key, how));
    expect(own.length).toBeGreaterThan(0);
    for (const [key, { fact }] of own) expect(fact?.source, key).toMatch(publicSource);
    expect(profile.recognition.fact?.source).toMatch(publicSource);
    for (const { source } of facts) expect(source).toMatch(publicSource);
  });

  it('claims nothing to be proven', () => {
    expect(facts.filter(({ proven }) => proven)).toEqual([]);
  });

  it('guides nobody into opening ADB', () => {
    expect(profile.debugMode).toBeNull();
  });

  it('reads and sets all that the generic one does', () => {
    for (const key of generic.readings.keys()) expect([...profile.readings.keys()]).toContain(key);
    expect(profile.settings).toEqual(expect.arrayContaining([...generic.settings]));
  });

  it('asks for no USB device: no public source tells one from a phone’s', () => {
    expect(profile.recognition.usb).toEqual([]);
  });
});

/** A web address, or a public repository and a file in it; several are separated by semicolons. */
const oneSource = String.raw`(https://\S+|[\w.-]+/[\w.-]+ [\w./-]+\.(kt|java|md))`;
const publicSource = new RegExp(`^${oneSource}(; ${oneSource})*$`);

function isGeneric(key: string, how: unknown): boolean {
  const inherited = new Map<string, unknown>(generic.readings).get(key);
  return JSON.stringify(inherited) === JSON.stringify(how);
}

function factsOf({ recognition, readings, settings, scanner, debugMode }: Profile): Fact[] {
  const all = [
    recognition.fact,
    ...[...readings.values()].map(({ fact }) => fact),
    ...settings.map(({ fact }) => fact),
    scanner?.fact ?? null,
    debugMode?.fact ?? null,
  ];
  return all.filter((fact) => fact !== null);
}
