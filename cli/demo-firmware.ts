/** The image that the demonstration flashes: beside the simulator in the source, beside the bundle in what ships. */
import { fileURLToPath } from 'node:url';

const name = 'codebox-2.0.0.bin';

export function demoFirmware(): string {
  const folder = import.meta.url.endsWith('.ts')
    ? '../native-bridge/simulators/codebox/firmware/'
    : './firmware/';
  return fileURLToPath(new URL(folder + name, import.meta.url));
}
