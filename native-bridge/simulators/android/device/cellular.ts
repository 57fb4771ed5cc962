/** The SIM and the 4G radio. */
import type { FaultSet } from '../faults.ts';

export type SimState = 'READY' | 'ABSENT' | 'NETWORK_LOCKED' | 'PUK_REQUIRED';

export interface CellularState {
  readonly sim: SimState;
  readonly registered: boolean;
  readonly denied: boolean;
  readonly operator: string;
  readonly operatorNumeric: string;
  readonly rsrpDbm: number;
  readonly rsrqDb: number;
  readonly snrDeciDb: number;
  readonly dataOn: boolean;
  /** It has an address. */
  readonly attached: boolean;
  readonly passes: boolean;
}

export const APN = 'cmiot';

export function cellularState(faults: FaultSet, allowed: boolean, dataOn: boolean): CellularState {
  const sim = simState(faults);
  const denied = faults.has('sim-expired');
  const registered = allowed && sim === 'READY' && !denied && !faults.has('no-network');
  const weak = faults.has('cellular-weak');
  const attached = registered && dataOn;
  return {
    sim,
    registered,
    denied,
    operator: 'CMCC',
    operatorNumeric: '46000',
    rsrpDbm: weak ? -118 : -94,
    rsrqDb: weak ? -18 : -9,
    snrDeciDb: weak ? -32 : 124,
    dataOn,
    attached,
    passes: attached && !faults.has('sim-plan-used-up'),
  };
}

function simState(faults: FaultSet): SimState {
  if (faults.has('sim-absent')) return 'ABSENT';
  if (faults.has('sim-locked')) return 'NETWORK_LOCKED';
  if (faults.has('sim-blocked')) return 'PUK_REQUIRED';
  return 'READY';
}
