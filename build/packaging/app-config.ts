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
import { globsLeftOut, type Target } from './shipped-addons.ts';
import { channelFor, writeFeed } from './update-feed.ts';

export const programName = 'pos-bench';

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
  const channel = channelFor(target);
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
      ...globsLeftOut(target),
    ],
    // Not as extraResources: those electron-builder takes out of the archive.
    afterPack: async (context) => {
      // Both halves have it already, and are made one.
      if (context.arch === Arch.universal) return;
      const resources = context.packager.getResourcesDir(context.appOutDir);
      if (feed !== null) await writeFeed(resources, feed, channel);
      await copyShell(resources, target, Arch[context.arch]);
    },
    asar: true,
    electronLanguages: ['en-US', 'zh-CN'],
    electronFuses: fuses,
    ...installers,
    // Only so that what the feed has to hold is written beside the installers; nothing is uploaded.
    publish: feed === null ? null : { provider: 'generic', url: feed, channel },
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
  // A flipped fuse breaks the signature that an Apple processor asks for; where there is a
  // certificate, the app is signed with that afterwards.
  resetAdHocDarwinSignature: process.platform === 'darwin',
};

/** With the certificate that the environment names (electron-builder's own names), else ad hoc. */
const hasCertificate = ['CSC_LINK', 'CSC_NAME'].some((name) => Boolean(process.env[name]));

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
    ...(hasCertificate ? {} : { identity: '-' }),
    hardenedRuntime: true,
    entitlements: join(root, 'build', 'packaging', 'entitlements.mac.plist'),
    entitlementsInherit: join(root, 'build', 'packaging', 'entitlements.mac.plist'),
    binaries: ['Contents/Resources/shell/node'],
    // The same in both halves: each holds the add-ons of both processors, the loader takes its own.
    x64ArchFiles: '**/prebuilds/**/*.node',
    extendInfo: {
      NSCameraUsageDescription: 'The camera reads payment codes in the QR inspector.',
    },
  },
};
