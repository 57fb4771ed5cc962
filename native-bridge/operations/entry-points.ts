/**
 * Where the simulators and their images are: in the source tree beside their code, in a bundle beside
 * the bundle (build/build.ts puts them there). The packaged app's own bundle lies in an archive that
 * no other program can read; it has a second one beside the shell (build/package.ts), and gives that
 * folder.
 */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TrainingModel, TrainingUplink } from '../contract/training.ts';

const fromSource = import.meta.url.endsWith('.ts');

/** The program that is the simulated code box, and the counter terminal. */
export function simulatorProgram(folder?: string): string {
  return path(fromSource ? '../simulators/codebox/main.ts' : 'codebox-simulator.js', folder);
}

/** The program that is a simulated terminal with Android. */
export function androidSimulatorProgram(folder?: string): string {
  return path(fromSource ? '../simulators/android/main.ts' : 'android-simulator.js', folder);
}

/** The program that is the simulated acquirer. */
export function acquirerProgram(folder?: string): string {
  return path(fromSource ? '../simulators/acquirer/main.ts' : 'acquirer-simulator.js', folder);
}

/** A file of its `firmware/` folder. */
export function trainingFirmware(name: string, folder?: string): string {
  return path(fromSource ? `../simulators/codebox/firmware/${name}` : `firmware/${name}`, folder);
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
  return path(fromSource ? `../terminals/${name}` : name);
}

function path(relative: string, folder?: string): string {
  return folder === undefined
    ? fileURLToPath(new URL(relative, import.meta.url))
    : join(folder, relative);
}
