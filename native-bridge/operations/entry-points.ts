/**
 * Where the simulator and its images are: in the source tree beside their code, in a bundle beside
 * the bundle (build/build.ts puts them there).
 */
import { fileURLToPath } from 'node:url';
import type { TrainingModel, TrainingUplink } from '../contract/training.ts';

const fromSource = import.meta.url.endsWith('.ts');

/** The program that is the simulated code box, and the counter terminal. */
export function simulatorProgram(): string {
  return path(fromSource ? '../simulators/codebox/main.ts' : './codebox-simulator.js');
}

/** The program that is a simulated terminal with Android. */
export function androidSimulatorProgram(): string {
  return path(fromSource ? '../simulators/android/main.ts' : './android-simulator.js');
}

/** The program that is the simulated acquirer. */
export function acquirerProgram(): string {
  return path(fromSource ? '../simulators/acquirer/main.ts' : './acquirer-simulator.js');
}

/** A file of its `firmware/` folder. */
export function trainingFirmware(name: string): string {
  return path(fromSource ? `../simulators/codebox/firmware/${name}` : `./firmware/${name}`);
}

const merchantFiles = {
  codebox: 'training',
  counter: 'training-counter',
  'at-700': 'training-at700',
  'at-900': 'training-at900',
} as const;

/** What the training merchant's terminal should be set to, in a shop that has this uplink. */
export function trainingMerchant(
  model: TrainingModel = 'codebox',
  uplink: TrainingUplink = 'wifi',
): string {
  const shop = uplink === 'wifi' ? '' : `-${uplink}`;
  const name = `profiles/${merchantFiles[model]}${shop}-merchant.yaml`;
  return path(fromSource ? `../terminals/${name}` : `./${name}`);
}

function path(relative: string): string {
  // Electron as Node reads from the app's archive too, so the packaged app needs nothing else here.
  return fileURLToPath(new URL(relative, import.meta.url));
}
