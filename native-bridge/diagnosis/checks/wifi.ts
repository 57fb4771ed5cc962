/**
 * 1.2 Wi-Fi: joined, to the network the profile expects, without a login page, with a signal that
 * carries. A terminal that is online another way does without, unless a Wi-Fi is expected.
 */
import type { CheckInput } from '../input.ts';
import { look, observe, outcome, type Check, type Observation, type Outcome } from '../check.ts';
import { fromReadings, fromSetting } from '../evidence.ts';
import { compareSettings, settingsBehind } from '../expected.ts';
import type { Seen } from '../seen.ts';
import { sentence } from '../../wording/index.ts';
import { asFarAsItMatters, onlineOtherwise, payerNeedsNoTerminal } from '../ways.ts';

export const wifi: Check = {
  id: 'wifi',
  rung: 'link',
  needs: ['wifi.joined', 'wifi.ssid', 'wifi.rssiDbm', 'wifi.captivePortal', 'wifi.security'],
  also: [
    'network.link',
    'network.paymentHostReached',
    'qr.mode',
    'qr.presented',
    'computer.captivePortal',
  ],
  needsSettings: true,
  look(input, seen) {
    if (!input.model.has.wifi) {
      return look({ otherwise: outcome('not-applicable', sentence('absent_wifi', {})) });
    }
    const joined = seen.flag('wifi.joined');
    if (joined === null) {
      return look({ otherwise: outcome('unknown', sentence('unread_no_source', {})) });
    }
    if (!joined) return notJoined(input, seen);
    const settings = compareSettings(input, 'wifi');
    const found = [...joinedFaults(input, seen), ...settingFaults(input, settings.wrong)];
    return look({
      observations: asFarAsItMatters(found, input, seen),
      unreadSettings: settings.unread.map((row) => row.labels),
      otherwise: fine(input, seen),
    });
  },
};

function notJoined(input: CheckInput, seen: Seen) {
  const otherwise = outcome('not-applicable', sentence('absent_wifi_unused', {}));
  const online = onlineOtherwise(input, seen);
  const expected = expectedNetworks(input);
  if (online && expected.length === 0) return look({ otherwise });
  // Where 4G may be the way, a Wi-Fi that nobody expects is hardly what is missing.
  const unexpected = expected.length === 0 && input.model.has.cellular;
  const weak = online || unexpected || payerNeedsNoTerminal(input, seen);
  const evidence = fromReadings(input, 'wifi.joined', 'network.link');
  const settings = [...settingsBehind(input, 'wifi.ssid'), ...switchedOff(input)];
  return look({
    observations: [observe('wifi-not-joined', {}, { evidence, settings, weak })],
    otherwise,
  });
}

/** The switch, where it is off and should not be. */
const switchedOff = (input: CheckInput): string[] =>
  compareSettings(input, 'wifi').wrong.flatMap(({ row }) =>
    row.key === 'wifi.enabled' ? [row.key] : [],
  );

function joinedFaults(input: CheckInput, seen: Seen): Observation[] {
  const found: Observation[] = [];
  const expected = expectedNetworks(input);
  // Joined to a network that has no name to compare: nobody knows whose it is.
  const ssid = expected.length > 0 ? seen.named('wifi.ssid') : seen.text('wifi.ssid');
  if (ssid !== null && expected.length > 0 && !expected.includes(ssid)) {
    const reached = seen.peek('network.paymentHostReached');
    const evidence = fromReadings(input, 'wifi.ssid', 'network.paymentHostReached');
    found.push(
      observe(
        'wifi-wrong-network',
        { ssid, expected: expected.join(' / ') },
        {
          evidence,
          settings: settingsBehind(input, 'wifi.ssid'),
          weak: reached === true || reached === 'yes',
        },
      ),
    );
  }
  return [...found, ...portalFaults(input, seen), ...radioFaults(input, seen)];
}

/** A terminal that can't tell by itself may have met one all the same: the computer did. */
function portalFaults(input: CheckInput, seen: Seen): Observation[] {
  const own = seen.flag('wifi.captivePortal');
  const met = seen.peek('computer.captivePortal') === true;
  const reached = seen.peek('network.paymentHostReached');
  const isStopped = own === null && met && reached !== null && reached !== true;
  if (own !== true && reached !== 'portal' && (!isStopped || reached === 'yes')) return [];
  const evidence = fromReadings(
    input,
    'wifi.captivePortal',
    'network.paymentHostReached',
    'computer.captivePortal',
  );
  // The computer may be on another network.
  const told = own === true || reached === 'portal';
  const agreement = told ? (met ? 1 : 0) : -2;
  return [observe('wifi-portal', {}, { evidence, agreement })];
}

function radioFaults(input: CheckInput, seen: Seen): Observation[] {
  const { wifiPoorDbm, wifiWeakDbm } = input.model.thresholds;
  const found: Observation[] = [];
  const rssiDbm = seen.number('wifi.rssiDbm');
  const evidence = fromReadings(input, 'wifi.rssiDbm');
  if (rssiDbm !== null && rssiDbm <= wifiPoorDbm) {
    found.push(observe('wifi-poor', { rssiDbm }, { evidence }));
  } else if (rssiDbm !== null && rssiDbm <= wifiWeakDbm) {
    found.push(observe('wifi-weak', { rssiDbm }, { evidence }));
  }
  if (seen.named('wifi.security')?.toLowerCase() === 'open') {
    found.push(observe('wifi-open', {}, { evidence: fromReadings(input, 'wifi.security') }));
  }
  return found;
}

/** What the name of the network says is said already. */
function settingFaults(
  input: CheckInput,
  wrong: ReturnType<typeof compareSettings>['wrong'],
): Observation[] {
  return wrong
    .filter(({ reading }) => reading !== 'wifi.ssid')
    .map(({ row, reading, found, expected }) =>
      observe(
        'wifi-setting-wrong',
        { setting: row.labels, found, expected },
        { evidence: fromSetting(input, row, reading), settings: [row.key] },
      ),
    );
}

function expectedNetworks(input: CheckInput): readonly string[] {
  const set = input.settings.find((row) => settingsBehind(input, 'wifi.ssid').includes(row.key));
  return set?.expected ? [set.expected] : input.model.expected.wifiSsids;
}

function fine(input: CheckInput, seen: Seen): Outcome {
  const rssiDbm = seen.number('wifi.rssiDbm');
  const evidence = fromReadings(input, 'wifi.joined', 'wifi.ssid', 'wifi.rssiDbm');
  return rssiDbm === null
    ? outcome('pass', sentence('fine_wifi_joined', {}), evidence)
    : outcome('pass', sentence('fine_wifi_signal', { rssiDbm }), evidence);
}
