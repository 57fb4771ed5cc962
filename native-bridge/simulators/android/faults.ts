/** What can be wrong with a simulated terminal, as data (`faults/`), and which of it is. */
import { deviceFaults } from './faults/device.ts';
import type { FaultInfo } from './faults/fault.ts';
import { flashFaults } from './faults/flash.ts';
import { lineFaults } from './faults/line.ts';
import { networkFaults } from './faults/network.ts';
import { paymentFaults } from './faults/payment.ts';
import type { ModelName } from './models/model.ts';

export type { FaultInfo } from './faults/fault.ts';

export const faults = [
  ...networkFaults,
  ...deviceFaults,
  ...paymentFaults,
  ...flashFaults,
  ...lineFaults,
] as const satisfies readonly FaultInfo[];

export type FaultName = (typeof faults)[number]['name'];

/** Null where the model can't have such a fault. */
export function faultOf(model: ModelName, name: string): FaultInfo | null {
  const fault: FaultInfo | undefined = faults.find((each) => each.name === name);
  return fault?.models.includes(model) === true ? fault : null;
}

/** Which faults are on. */
export class FaultSet {
  readonly #on = new Set<string>();

  has(name: FaultName): boolean {
    return this.#on.has(name);
  }

  set(name: string, on: boolean): void {
    if (on) this.#on.add(name);
    else this.#on.delete(name);
  }

  /** True once for a fault that happens once; it is off afterwards. */
  takeOnce(name: FaultName): boolean {
    return this.#on.delete(name);
  }

  names(): string[] {
    return [...this.#on].sort();
  }
}
