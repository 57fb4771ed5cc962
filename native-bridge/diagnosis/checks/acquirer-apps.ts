/**
 * Acquirers' apps: with two of them on one device, payments may go through the one whose back office
 * nobody looks at, unless the technician saw that the default is this one.
 */
import { look, observePlain, outcome, type Check } from '../check.ts';
import { fromReadings } from '../evidence.ts';
import { sentence } from '../../wording/index.ts';

export const acquirerApps: Check = {
  id: 'acquirer-apps',
  rung: 'payment-settings',
  needs: ['payment.acquirerApps'],
  also: [],
  needsSettings: false,
  look(input, seen) {
    const named = seen.text('payment.acquirerApps');
    const evidence = fromReadings(input, 'payment.acquirerApps');
    if (named === null) {
      const otherwise = outcome('ask', sentence('ask_acquirer_apps', {}));
      return look({ otherwise, toldWell: sentence('fine_apps_one', {}) });
    }
    const apps = new Set(named.split(',').flatMap((app) => app.trim() || []));
    const isOurs = input.answers['acquirer-app'] === 'ours';
    if (apps.size < 2 || isOurs) {
      const fine = apps.size < 2 ? 'fine_apps_one' : 'fine_apps_ours';
      return look({ otherwise: outcome('pass', sentence(fine, {}), evidence) });
    }
    const otherwise = outcome('ask', sentence('ask_acquirer_apps', {}), evidence);
    return look({ observations: [observePlain('acquirer-apps-two', { evidence })], otherwise });
  },
};
