/**
 * The SIM and the 4G network. A network that refuses a SIM says why by a cause of 3GPP TS 24.301,
 * annex A; the firmware tells the SIM's state from it.
 */
import type { FaultSet } from '../../faults.ts';

export type SimState = 'ready' | 'absent' | 'locked' | 'blocked' | 'expired';

export interface CellState {
  readonly sim: SimState;
  readonly registration: 'home' | 'searching' | 'denied' | 'off';
  readonly cause: string | null;
  readonly registered: boolean;
  readonly operator: string;
  readonly rsrpDbm: number;
  readonly sinrDb: number;
  readonly address: string;
  /** What the card lets through: nothing, the payment host only, anything. */
  readonly passes: 'nothing' | 'payment-host' | 'all';
}

const ILLEGAL_DEVICE = '6 illegal ME';
const NOT_ALLOWED = '7 EPS services not allowed';

export function cellState(faults: FaultSet): CellState {
  const sim = simState(faults);
  const signal = faults.has('cellular-weak')
    ? { rsrpDbm: -118, sinrDb: -4 }
    : { rsrpDbm: -94, sinrDb: 12 };
  const registration = registrationOf(sim, faults);
  const registered = registration === 'home';
  return {
    sim,
    registration,
    cause: causeOf(sim),
    registered,
    operator: 'CMCC',
    ...signal,
    address: '10.131.7.42',
    passes: registered ? passesOf(faults) : 'nothing',
  };
}

function simState(faults: FaultSet): SimState {
  if (faults.has('sim-absent')) return 'absent';
  if (faults.has('sim-blocked')) return 'blocked';
  if (faults.has('sim-locked')) return 'locked';
  return faults.has('sim-expired') ? 'expired' : 'ready';
}

function registrationOf(sim: SimState, faults: FaultSet): CellState['registration'] {
  if (sim === 'absent' || sim === 'blocked') return 'off';
  if (faults.has('no-network')) return 'searching';
  return sim === 'ready' ? 'home' : 'denied';
}

function causeOf(sim: SimState): string | null {
  if (sim === 'locked') return ILLEGAL_DEVICE;
  return sim === 'expired' ? NOT_ALLOWED : null;
}

function passesOf(faults: FaultSet): CellState['passes'] {
  if (faults.has('sim-plan-used-up')) return 'nothing';
  return faults.has('sim-whitelist-without-dns') ? 'payment-host' : 'all';
}
