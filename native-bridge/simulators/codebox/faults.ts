/** What can be wrong with a simulated terminal, as data (`faults/`), and which of it is. */
import { deviceFaults } from './faults/device.ts';
import type { FaultInfo } from './faults/fault.ts';
import { lineFaults } from './faults/line.ts';
import { networkFaults } from './faults/network.ts';
import { paymentFaults } from './faults/payment.ts';
import type { ModelName } from './models/model.ts';
import { faultAmong, FaultsOn } from '../terminal-faults.ts';

export type { FaultInfo } from './faults/fault.ts';

export const faults = [
  ...networkFaults,
  ...deviceFaults,
  ...paymentFaults,
  ...lineFaults,
] as const satisfies readonly FaultInfo[];

export type FaultName = (typeof faults)[number]['name'];

export function faultByName(name: string): FaultInfo | undefined {
  return faults.find((fault) => fault.name === name);
}

/** Null where the model can't have such a fault. */
export function faultOf(model: ModelName, name: string): FaultInfo | null {
  return faultAmong<FaultInfo>(faults, model, name);
}

export class FaultSet extends FaultsOn<FaultName> {}
