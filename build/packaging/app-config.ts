/**
 * What electron-builder is told: what is in the app, how it is closed, and which installers it
 * makes.
 */
import { join } from 'node:path';
import { Arch, type Configuration } from 'electron-builder';
import { nativeModules } from '../bundles.ts';
import { root } from '../paths.ts';
import { shippedModules } from '../shipped-modules.ts';
import { copyShell } from './shell.ts';
import { writeFeed } from './update-feed.ts';

export const programName = 'pos-bench';

export interface Target {
  readonly platform: NodeJS.Platform;
  readonly arch: string;
}

export interface ElectronToPack {
  readonly version: string;
  /** An unpacked release; undefined: electron-builder fetches the one of this version. */
  readonly distFolder?: string | undefined;
}

export async function appConfig(
  target: Target,
  electron: ElectronToPack,
  output: string,
  feed: string | null = null,
): Promise<Configuration> {
  const modules = await shippedModules(nativeModules);
  return {
    appId: 'cn.posbench.desktop',
    productName: 'POS Bench',
    executableName: programName,
    artifactName: 'pos-bench-${version}-${os}-${arch}.${ext}',
    electronVersion: electron.version,
    ...(electron.distFolder === undefined ? {} : { electronDist: electron.distFolder }),
    directories: { output, buildResources: join(root, 'build', 'icons') },
    // Add-ons ship prebuilt for every system: nothing to compile.
    npmRebuild: false,
    files: [
      'dist/**',
      'package.json',
      '!node_modules/**',
      ...modules.map((folder) => `${folder}/**`),
      ...leftOut(target),
    ],
    // Not as extraResources: those electron-builder takes out of the archive.
    afterPack: async (context) => {
      const resources = context.packager.getResourcesDir(context.appOutDir);
      if (feed !== null) await writeFeed(resources, feed);
      await copyShell(resources, {
        platform: context.electronPlatformName as NodeJS.Platform,
        arch: Arch[context.arch],
      });
    },
    asar: true,
    electronLanguages: ['en-US', 'zh-CN'],
    electronFuses: fuses,
    ...installers,
    // Only so that what the feed has to hold is written beside the installers; nothing is uploaded.
    publish: feed === null ? null : { provider: 'generic', url: feed },
  };
}

/** The app runs itself and nothing else, from the archive as it was packed. */
const fuses: NonNullable<Configuration['electronFuses']> = {
  runAsNode: false,
  enableNodeOptionsEnvironmentVariable: false,
  enableNodeCliInspectArguments: false,
  enableCookieEncryption: true,
  // Checked on Windows and macOS; Electron has no such check on Linux.
  enableEmbeddedAsarIntegrityValidation: true,
  onlyLoadAppFromAsar: true,
  loadBrowserProcessSpecificV8Snapshot: false,
  grantFileProtocolExtraPrivileges: false,
};

const installers: Configuration = {
  linux: {
    target: 'dir',
    category: 'Utility',
    executableName: programName,
    icon: 'png',
    syncDesktopName: true,
  },
  win: { target: 'dir', icon: 'icon.ico' },
  nsis: { oneClick: false, perMachine: false, allowToChangeInstallationDirectory: true },
  mac: {
    target: 'dir',
    icon: 'icon.icns',
    category: 'public.app-category.utilities',
    identity: null,
    hardenedRuntime: true,
    entitlements: join(root, 'build', 'packaging', 'entitlements.mac.plist'),
    entitlementsInherit: join(root, 'build', 'packaging', 'entitlements.mac.plist'),
    binaries: ['Contents/Resources/shell/node'],
    extendInfo: {
      NSCameraUsageDescription: 'The camera reads payment codes in the QR inspector.',
    },
  },
};

/** What compiling the add-ons would need, what only people read, and other systems' add-ons. */
function leftOut({ platform, arch }: Target): string[] {
  return [
    ...nativeModules.map((name) => `!node_modules/${name}/{src,scripts,test,libusb*}/**`),
    '!node_modules/usb/libusb.gypi',
    '!node_modules/@types/**',
    '!node_modules/@serialport/bindings-cpp/src/**',
    '!**/node_modules/node-addon-api/**',
    '!**/node_modules/**/{binding.gyp,*.md,*.map,*.ts,*.mts,*.cts}',
    // macOS: one file may serve both processors (`darwin-x64+arm64`).
    `!**/prebuilds/!(${platform}-${arch}|${platform}-x64+arm64)/**`,
  ];
}
