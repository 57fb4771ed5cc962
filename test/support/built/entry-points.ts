/** In the place of native-bridge/operations/entry-points.ts (as-built.ts). */
import { built } from './built.ts';

export { trainingMerchant } from '../../../native-bridge/operations/entry-points.ts';

export const simulatorProgram = () => built('codebox-simulator.js');
export const androidSimulatorProgram = () => built('android-simulator.js');
export const acquirerProgram = () => built('acquirer-simulator.js');
export const trainingFirmware = (name: string) => built(`firmware/${name}`);
