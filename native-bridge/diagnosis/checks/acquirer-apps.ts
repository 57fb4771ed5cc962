/**
 * Acquirers' apps: the payment app is there, switched on, no older than the
 * acquirer admits and kept awake. With two of them on one device, payments may go through the one whose
 * back office nobody looks at, unless the technician saw that the default is this one.
 */
import { look, observe, observePlain, outcome, type Check, type Observation } from '../check.ts';
import type { Evidence } from '../../contract/diagnosis.ts';
import { fromReadings } from '../evidence.ts';
import type { CheckInput } from '../input.ts';
import type { Seen } from '../seen.ts';
import { compareVersions } from '../version-order.ts';
import { sentence } from '../../wording/index.ts';

export const acquirerApps: Check = {
  id: 'acquirer-apps',
  rung: 'payment-settings',
  needs: [
    'payment.acquirerApps',
    'payment.appInstalled',
    'payment.appEnabled',
    'payment.appVersion',
  ],
  also: ['payment.appKeptAwake'],
  needsSettings: false,
  look(input, seen) {
    const named = seen.text('payment.acquirerApps');
    const evidence = fromReadings(input, 'payment.acquirerApps');
    const own = ownApp(input, seen);
    if (named === null) {
      const otherwise = outcome('ask', sentence('ask_acquirer_apps', {}));
      return look({ observations: own, otherwise, toldWell: sentence('fine_apps_one', {}) });
    }
    const apps = new Set(named.split(',').flatMap((app) => app.trim() || []));
    const isOurs = input.answers['acquirer-app'] === 'ours';
    if (apps.size < 2 || isOurs) {
      const fine = apps.size < 2 ? 'fine_apps_one' : 'fine_apps_ours';
      return look({
        observations: own,
        otherwise: outcome('pass', sentence(fine, {}), evidence),
      });
    }
    const otherwise = outcome('ask', sentence('ask_acquirer_apps', {}), evidence);
    const two = observePlain('acquirer-apps-two', { evidence });
    return look({ observations: [...own, two], otherwise });
  },
};

/** One that was removed has neither a version nor a switch. */
function ownApp(input: CheckInput, seen: Seen): Observation[] {
  const evidence = fromReadings(
    input,
    'payment.appInstalled',
    'payment.appEnabled',
    'payment.appVersion',
  );
  const isInstalled = seen.flag('payment.appInstalled');
  const isEnabled = seen.flag('payment.appEnabled');
  if (isInstalled === false) return [observe('payment-app-missing', {}, { evidence })];
  if (isEnabled === false) return [observe('payment-app-disabled', {}, { evidence })];
  return [...tooOld(input, seen, evidence), ...mayBeAsleep(input, seen)];
}

function tooOld(input: CheckInput, seen: Seen, evidence: Evidence[]): Observation[] {
  const version = seen.named('payment.appVersion');
  const oldest = input.model.expected.paymentAppVersion ?? null;
  if (version === null || oldest === null) return [];
  const order = compareVersions(version, oldest);
  const isOld = order !== null && order < 0;
  return isOld ? [observe('payment-app-old', { version, oldest }, { evidence })] : [];
}

/** On a battery that lies still Android lets nothing through to it but now and then. */
function mayBeAsleep(input: CheckInput, seen: Seen): Observation[] {
  if (seen.flag('payment.appKeptAwake') !== false) return [];
  const evidence = fromReadings(input, 'payment.appKeptAwake');
  return [observe('payment-app-asleep', {}, { evidence })];
}
