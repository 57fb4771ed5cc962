/**
 * Where the simulators and their images are: in the source tree beside their code, in a bundle beside
 * the bundle (build/build.ts puts them there). The packaged app's own bundle lies in an archive that
 * no other program can read; it has a second one beside the shell (build/package.ts), and gives that
 * folder.
 */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export { trainingMerchant } from './training-merchant.ts';

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

function path(relative: string, folder?: string): string {
  return folder === undefined
    ? fileURLToPath(new URL(relative, import.meta.url))
    : join(folder, relative);
}
