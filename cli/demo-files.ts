/** Files of the demonstration: beside their code in the source, beside the bundle in what ships. */
import { fileURLToPath } from 'node:url';

const fromSource = import.meta.url.endsWith('.ts');

/** The signed image to flash. */
export const demoFirmware = (): string =>
  path(
    fromSource
      ? '../native-bridge/simulators/codebox/firmware/codebox-2.0.0.bin'
      : './firmware/codebox-2.0.0.bin',
  );

/** What the shop's terminal should be set to. */
export const demoMerchant = (): string =>
  path(
    fromSource
      ? '../native-bridge/terminals/profiles/training-merchant.yaml'
      : './profiles/training-merchant.yaml',
  );

function path(relative: string): string {
  return fileURLToPath(new URL(relative, import.meta.url));
}
