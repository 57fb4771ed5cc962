import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { knowsUsbPort } from '../../native-bridge/terminals/catalogue.ts';
import { loadModel } from '../../native-bridge/terminals/choose-model.ts';

const profileFile = fileURLToPath(
  new URL('../fixtures/profiles/usb-code-box.yaml', import.meta.url),
);
const model = await loadModel({ profile: null, profileFile, merchantFile: null });

const chip = { vendorId: '10c4', productId: 'ea60' };

describe('a port of a USB device', () => {
  it('is known by its ids where they are the model’s own', () => {
    const port = { vendorId: '2fe3', productId: '0100', manufacturer: null };
    expect(knowsUsbPort(model, port)).toBe(true);
  });

  it('behind a shared bridge chip is known by its manufacturer string', () => {
    expect(knowsUsbPort(model, { ...chip, manufacturer: 'Example Devices' })).toBe(true);
  });

  it.each([null, 'Silicon Labs'])(
    'with the manufacturer %s is somebody’s lathe',
    (manufacturer) => {
      expect(knowsUsbPort(model, { ...chip, manufacturer })).toBe(false);
    },
  );

  it('without ids is not known', () => {
    const port = { vendorId: null, productId: null, manufacturer: 'Example Devices' };
    expect(knowsUsbPort(model, port)).toBe(false);
  });
});
