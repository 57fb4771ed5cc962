/** In the place of native-bridge/operations/entry-points.ts (as-built.ts). */
import { builtOr } from './built.ts';

export { trainingMerchant } from '../../../native-bridge/operations/training-merchant.ts';

const simulators = 'native-bridge/simulators';

export const simulatorProgram = (): string =>
  builtOr(`${simulators}/codebox/main.ts`, 'codebox-simulator.js');

export const androidSimulatorProgram = (): string =>
  builtOr(`${simulators}/android/main.ts`, 'android-simulator.js');

export const acquirerProgram = (): string =>
  builtOr(`${simulators}/acquirer/main.ts`, 'acquirer-simulator.js');

export const trainingFirmware = (name: string): string =>
  builtOr(`${simulators}/codebox/firmware/${name}`, `firmware/${name}`);
