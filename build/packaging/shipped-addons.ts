/**
 * Which prebuilt add-ons an app for one system ships, and what of their packages stays behind: said
 * once for the archive (globs) and for the shell beside it (paths).
 */
import { nativeModules } from '../bundles.ts';

export interface Target {
  readonly platform: NodeJS.Platform;
  /** `universal`: both processors of macOS. */
  readonly arch: string;
}

/** Folders below `prebuilds/`. On macOS one file may serve both processors (`darwin-x64+arm64`). */
export function prebuildsFor({ platform, arch }: Target): readonly string[] {
  const archs = arch === 'universal' ? ['x64', 'arm64'] : [arch];
  return [...archs.map((each) => `${platform}-${each}`), `${platform}-x64+arm64`];
}

/** What compiling the add-ons would need, what only people read, and other systems' add-ons. */
export function globsLeftOut(target: Target): readonly string[] {
  return [
    ...nativeModules.map((name) => `!node_modules/${name}/{src,scripts,test,libusb*}/**`),
    '!node_modules/usb/libusb.gypi',
    '!node_modules/@types/**',
    '!node_modules/@serialport/bindings-cpp/src/**',
    '!**/node_modules/node-addon-api/**',
    '!**/node_modules/**/{binding.gyp,*.md,*.map,*.ts,*.mts,*.cts}',
    `!**/prebuilds/!(${prebuildsFor(target).join('|')})/**`,
  ];
}

const pathsLeftOut = [
  new RegExp(
    `^node_modules/(${[...nativeModules, '@serialport/bindings-cpp'].join('|')})/(src|scripts|test|libusb)`,
  ),
  /^node_modules\/@types(\/|$)/,
  /\/node-addon-api(\/|$)/,
  /\.(md|map|gyp|gypi|ts|mts|cts)$/,
];

/** The same for one path from the checkout, with `/` between its names. */
export function ships(path: string, target: Target): boolean {
  if (pathsLeftOut.some((pattern) => pattern.test(path))) return false;
  const [, prebuild] = /\/prebuilds\/([^/]+)/.exec(path) ?? [];
  return prebuild === undefined || prebuildsFor(target).includes(prebuild);
}
