/** Which prebuilt add-ons the package of each system holds. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { nativeModules } from '../../build/bundles.ts';
import { prebuildsFor, ships } from '../../build/packaging/shipped-addons.ts';
import { root } from '../../build/paths.ts';
import { shippedModules } from '../../build/shipped-modules.ts';

const processors = [
  ['linux', 'x64'],
  ['linux', 'arm64'],
  ['win32', 'x64'],
  ['win32', 'arm64'],
  ['darwin', 'x64'],
  ['darwin', 'arm64'],
] as const;

/** The folders of packages that come with add-ons. */
const withAddons = (await shippedModules(nativeModules)).filter((folder) =>
  existsSync(join(root, folder, 'prebuilds')),
);

test.each(processors)('on %s %s every package finds its add-on', (platform, arch) => {
  expect(withAddons.length).toBeGreaterThan(2);
  for (const folder of withAddons) {
    const there = readdirSync(join(root, folder, 'prebuilds'));
    const shipped = there.filter((name) => prebuildsFor({ platform, arch }).includes(name));
    expect(shipped, folder).not.toEqual([]);
  }
});

test('the macOS app for both processors holds the add-ons of both', () => {
  const target = { platform: 'darwin', arch: 'universal' } as const;
  const shipped = [
    'darwin-x64',
    'darwin-arm64',
    'darwin-x64+arm64',
    'linux-x64',
    'win32-x64',
  ].filter((name) => ships(`node_modules/usb/prebuilds/${name}/addon.node`, target));
  expect(shipped).toEqual(['darwin-x64', 'darwin-arm64', 'darwin-x64+arm64']);
});

test('what only compiling needs stays behind', () => {
  const target = { platform: 'linux', arch: 'x64' } as const;
  expect(ships('node_modules/usb/libusb/libusb/core.c', target)).toBe(false);
  expect(ships('node_modules/usb/dist/index.js', target)).toBe(true);
});
