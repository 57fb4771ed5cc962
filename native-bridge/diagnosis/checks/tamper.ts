/** The seal: a terminal whose case was opened has erased its keys, and takes no payment any more. */
import { look, observe, outcome, type Check } from '../check.ts';
import { fromReadings } from '../evidence.ts';
import { sentence } from '../../wording/index.ts';

export const tamper: Check = {
  id: 'tamper',
  rung: 'power',
  needs: ['device.tampered'],
  also: ['device.mainKeyLoaded'],
  needsSettings: false,
  look(input, seen) {
    const isTampered = seen.flag('device.tampered');
    if (isTampered === null) {
      return look({ otherwise: outcome('unknown', sentence('unread_no_source', {})) });
    }
    const evidence = fromReadings(input, 'device.tampered', 'device.mainKeyLoaded');
    const agreement = seen.peek('device.mainKeyLoaded') === false ? 1 : 0;
    return look({
      observations: isTampered ? [observe('tampered', {}, { evidence, agreement })] : [],
      otherwise: outcome('pass', sentence('fine_tamper', {}), evidence),
    });
  },
};
