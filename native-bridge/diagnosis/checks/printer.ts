/** The slip printer: without a slip the merchant takes it that no money came. */
import type { CheckInput } from '../input.ts';
import { look, observe, outcome, type Check, type Observation } from '../check.ts';
import { fromReadings } from '../evidence.ts';
import { sentence } from '../../wording/index.ts';

export const printer: Check = {
  id: 'printer',
  rung: 'announcement',
  needs: ['printer.state'],
  also: [],
  needsSettings: false,
  look(input, seen) {
    if (!input.model.has.printer) {
      return look({ otherwise: outcome('not-applicable', sentence('absent_printer', {})) });
    }
    const state = seen.named('printer.state');
    if (state === null) {
      return look({ otherwise: outcome('unknown', sentence('unread_no_source', {})) });
    }
    const evidence = fromReadings(input, 'printer.state');
    return look({
      observations: faults(input, state),
      otherwise: outcome('pass', sentence('fine_printer', {}), evidence),
    });
  },
};

/** A state that is none of those known is some failure of its own. */
function faults(input: CheckInput, state: string): Observation[] {
  const backing = { evidence: fromReadings(input, 'printer.state') };
  switch (state) {
    case 'ready':
      return [];
    case 'paper-out':
      return [observe('printer-paper-out', {}, backing)];
    case 'lid-open':
      return [observe('printer-lid-open', {}, backing)];
    case 'overheated':
      return [observe('printer-overheated', {}, backing)];
    default:
      return [observe('printer-failed', { state }, backing)];
  }
}
