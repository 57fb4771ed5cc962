/**
 * What a merchant expects has two faces: checks ask for the Wi-Fi names, the payment host and the
 * QR mode; corrections write settings. Where one is given and the other is not, it follows.
 */
import type { Profile, Setting } from './profile.ts';

/** The settings that stand for an expectation, where a profile has them. */
export const expectationSettings = {
  wifiSsids: 'wifi.ssid',
  qrMode: 'qr.mode',
  paymentHost: 'network.paymentHost',
} as const;

export function alignExpectations(profile: Profile): Profile {
  const { wifiSsids, qrMode, paymentHost } = profile.expected;
  const expectedOf = (key: string) => profile.settings.find((s) => s.key === key)?.expected ?? null;
  const [onlySsid] = wifiSsids.length === 1 ? wifiSsids : [];
  const derived = new Map<string, string | null>([
    [expectationSettings.wifiSsids, onlySsid ?? null],
    [expectationSettings.qrMode, qrMode],
    [expectationSettings.paymentHost, paymentHost],
  ]);
  const fromSettings = {
    ssid: expectedOf(expectationSettings.wifiSsids),
    qrMode: expectedOf(expectationSettings.qrMode),
    paymentHost: expectedOf(expectationSettings.paymentHost),
  };
  return {
    ...profile,
    settings: profile.settings.map((setting) => withExpected(setting, derived)),
    expected: {
      ...profile.expected,
      wifiSsids: wifiSsids.length === 0 && fromSettings.ssid ? [fromSettings.ssid] : wifiSsids,
      qrMode: qrMode ?? knownMode(fromSettings.qrMode),
      paymentHost: paymentHost ?? fromSettings.paymentHost,
    },
  };
}

function withExpected(setting: Setting, derived: ReadonlyMap<string, string | null>): Setting {
  if (setting.expected !== null || setting.secret) return setting;
  return { ...setting, expected: derived.get(setting.key) ?? null };
}

function knownMode(mode: string | null): 'static' | 'dynamic' | null {
  return mode === 'static' || mode === 'dynamic' ? mode : null;
}
