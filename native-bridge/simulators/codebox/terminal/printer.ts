/** The slip printer. An open lid also lifts the paper off its sensor. */
import type { FaultSet } from '../faults.ts';

export interface PrinterState {
  readonly state: 'ready' | 'paper out' | 'lid open' | 'overheated';
  readonly lid: 'closed' | 'open';
  readonly paper: 'present' | 'out';
  readonly headCelsius: number;
}

const HOT_CELSIUS = 71;

export function printerState(faults: FaultSet): PrinterState {
  const open = faults.has('printer-lid-open');
  const noPaper = faults.has('printer-no-paper');
  const hot = faults.has('printer-overheated');
  return {
    state: open ? 'lid open' : noPaper ? 'paper out' : hot ? 'overheated' : 'ready',
    lid: open ? 'open' : 'closed',
    paper: noPaper || open ? 'out' : 'present',
    headCelsius: hot ? HOT_CELSIUS : 31,
  };
}
