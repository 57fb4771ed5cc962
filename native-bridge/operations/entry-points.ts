/**
 * Where the simulator and its images are: in the source tree beside their code, in a bundle beside
 * the bundle (build/build.ts puts them there).
 */
import { fileURLToPath } from 'node:url';

const fromSource = import.meta.url.endsWith('.ts');

/** The program that is the simulated code box. */
export function simulatorProgram(): string {
  return path(fromSource ? '../simulators/codebox/main.ts' : './codebox-simulator.js');
}

/** A file of its `firmware/` folder. */
export function trainingFirmware(name: string): string {
  return path(fromSource ? `../simulators/codebox/firmware/${name}` : `./firmware/${name}`);
}

function path(relative: string): string {
  // In the packaged app a child process can't read from the archive.
  return fileURLToPath(new URL(relative, import.meta.url)).replace('app.asar', 'app.asar.unpacked');
}
