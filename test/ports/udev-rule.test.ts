import { expect, it } from 'vitest';
import { readUdevRule } from '../../native-bridge/ports/udev-rule.ts';
import { shippedProfiles } from '../../native-bridge/terminals/catalogue.ts';

it('the udev rule opens ADB, fastboot and DFU interfaces of any vendor', async () => {
  const { text } = await readUdevRule();
  for (const match of ['ff4201', 'ff4203', 'fe0101', 'fe0102']) expect(text).toContain(match);
});

it('the udev rule names every vendor whose serial ports a shipped profile knows', async () => {
  const { text } = await readUdevRule();
  const vendors = /ENV\{ID_VENDOR_ID\}=="([^"]+)"/.exec(text)?.[1]?.split('|');
  const known = shippedProfiles().flatMap(({ recognition }) =>
    recognition.usb.map(({ vendorId }) => vendorId),
  );
  expect(vendors).toEqual(expect.arrayContaining(known));
});
