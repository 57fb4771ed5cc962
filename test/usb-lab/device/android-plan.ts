/** What the simulated Android terminal is told of the bus. */
import type { Mode } from '../../../native-bridge/simulators/android/lines.ts';

export interface AndroidPlan {
  /** `dummy_udc.0` */
  readonly controller: string;
  readonly adb: Interface;
  readonly fastboot: Interface;
  /** Of its system once a package was sideloaded; null: as before. */
  readonly productIdAfterwards: string | null;
}

interface Interface {
  /** Where FunctionFS is mounted. */
  readonly folder: string;
  /** The gadget's folder in configfs. */
  readonly gadget: string;
}

/** Google's, as AOSP's own init and recovery have them: another one in each mode. */
export const vendorId = '18d1';
export const productIds: Readonly<Partial<Record<Mode, string>>> & { readonly system: string } = {
  system: '4ee7',
  recovery: 'd001',
  sideload: 'd001',
  bootloader: '4ee0',
  fastboot: '4ee0',
};
