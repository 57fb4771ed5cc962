/**
 * The merchant's file: what this shop's terminal should be set to. It names settings by the
 * profile's names and goes over the profile's own expectations. Secrets never stand in it.
 */
import type { Sentence } from '../contract/common.ts';
import { sentence } from '../wording/index.ts';
import { textAt, type Checked } from './check-tree.ts';
import { alignExpectations, expectationSettings } from './expectations.ts';
import { nearest } from './nearest.ts';
import type { Profile } from './profile.ts';
import { host, qrModes, settingName, ssid } from './profile-file/basics.ts';
import { checkSettingValue } from './setting-value.ts';
import { list, maybe, object, optional, record } from './shapes/collections.ts';
import { choice, text } from './shapes/scalars.ts';
import { converted, described, type Shape } from './shapes/shape.ts';
import { parseMap } from './yaml/parse-map.ts';
import { Problems } from './yaml/problems.ts';
import { quoted, type Place } from './yaml/tree.ts';

interface ExpectedValue {
  readonly value: string;
  readonly at: Place;
  readonly path: string;
}

const expectedValue: Shape<ExpectedValue> = converted(
  text({ maxBytes: 4096, mayBeEmpty: true }),
  (value, { at }, path) => ({ value, at, path }),
);

export const merchantFileShape = object({
  format: described('Version of this file format', choice(['1'])),
  merchant: described('The merchant’s name', text({ maxBytes: 120 })),
  settings: optional(
    described('Expected values by the profile’s names', record(settingName, expectedValue, 256)),
    new Map<string, ExpectedValue>(),
  ),
  wifiSsids: optional(list(ssid, 16), []),
  qrMode: maybe(choice(qrModes)),
  paymentHost: maybe(host),
});

type ValueOf<S> = S extends Shape<infer T> ? T : never;
export type Merchant = ValueOf<typeof merchantFileShape>;

/** Everything that can be known to be wrong without a profile. */
export function checkMerchant(bytes: Uint8Array, file: string): Checked<Merchant> {
  const problems = new Problems();
  const tree = parseMap(bytes, file, problems);
  const value = tree ? merchantFileShape.read(tree, '', problems) : undefined;
  const name = tree && textAt(tree, 'merchant');
  return { name, value: problems.count > 0 ? null : (value ?? null), problems: problems.list() };
}

/** The profile as this merchant expects it, or what of the file does not fit the profile. */
export function withMerchant(profile: Profile, merchant: Merchant): Checked<Profile> {
  const problems = new Problems();
  for (const [key, expected] of merchant.settings) {
    const wrong = checkAgainst(profile, merchant, key, expected.value);
    if (wrong) problems.add(expected.at, expected.path, wrong, quoted(expected.value));
  }
  if (problems.count > 0) return { name: profile.name, value: null, problems: problems.list() };
  return { name: profile.name, value: apply(profile, merchant), problems: [] };
}

function checkAgainst(
  profile: Profile,
  merchant: Merchant,
  key: string,
  value: string,
): Sentence | null {
  const setting = profile.settings.find((candidate) => candidate.key === key);
  if (!setting) return expectedName(profile, key);
  if (setting.secret) return sentence('expects_no_secret', {});
  return checkSettingValue(setting, value) ?? checkTwice(merchant, key, value);
}

function expectedName(profile: Profile, key: string): Sentence {
  const keys = profile.settings.map((setting) => setting.key);
  const suggestion = nearest(key, keys);
  if (suggestion !== null) return sentence('expects_key', { key: suggestion });
  return sentence('expects_setting', { profile: profile.name, keys });
}

/** Said once as an expectation and once as a setting, the two must agree. */
function checkTwice(merchant: Merchant, key: string, value: string): Sentence | null {
  const { qrMode, paymentHost, wifiSsids } = merchant;
  const same = (path: string, other: string | null): Sentence | null =>
    other === null || other === value ? null : sentence('expects_same', { path, value: other });
  switch (key) {
    case expectationSettings.qrMode:
      return same('qrMode', qrMode);
    case expectationSettings.paymentHost:
      return same('paymentHost', paymentHost);
    case expectationSettings.wifiSsids:
      return wifiSsids.length === 0 || wifiSsids.includes(value)
        ? null
        : sentence('expects_choice', { choices: [...wifiSsids] });
    default:
      return null;
  }
}

/** The merchant's word goes before the profile's, whether it stands under `settings` or beside it. */
function apply(profile: Profile, merchant: Merchant): Profile {
  const { settings, qrMode, paymentHost, wifiSsids, merchant: name } = merchant;
  const settingOf = (key: string) => settings.get(key)?.value ?? null;
  const ssid = settingOf(expectationSettings.wifiSsids);
  const given = {
    wifiSsids: wifiSsids.length === 0 && ssid !== null ? [ssid] : wifiSsids,
    qrMode:
      qrMode ?? qrModes.find((mode) => mode === settingOf(expectationSettings.qrMode)) ?? null,
    paymentHost: paymentHost ?? settingOf(expectationSettings.paymentHost),
  };
  // Void: the profile's own value of a setting whose expectation the merchant gives.
  const isVoid = new Map<string, boolean>([
    [expectationSettings.wifiSsids, given.wifiSsids.length > 0],
    [expectationSettings.qrMode, given.qrMode !== null],
    [expectationSettings.paymentHost, given.paymentHost !== null],
  ]);
  return alignExpectations({
    ...profile,
    merchant: name,
    settings: profile.settings.map((setting) => ({
      ...setting,
      expected: settingOf(setting.key) ?? (isVoid.get(setting.key) ? null : setting.expected),
    })),
    expected: {
      ...profile.expected,
      wifiSsids: given.wifiSsids.length > 0 ? given.wifiSsids : profile.expected.wifiSsids,
      qrMode: given.qrMode ?? profile.expected.qrMode,
      paymentHost: given.paymentHost ?? profile.expected.paymentHost,
    },
  });
}
