/**
 * Packages `dist/` as the app that is installed, with electron-builder, offline: the Electron that
 * electron.ts finds is packed as it is. `npm run package` makes what ships; the tests make the same
 * with one fuse open, so that Playwright can drive it.
 */
import { join } from 'node:path';
import { build, type Configuration } from 'electron-builder';
import { nativeModules } from './bundles.ts';
import { findElectron } from './electron.ts';
import { outFolder, root } from './paths.ts';
import { shippedModules } from './shipped-modules.ts';
import { fail, main } from './run.ts';

const programName = 'pos-bench';

export interface PackagedApp {
  readonly executable: string;
  readonly folder: string;
}

/** The packaged app below `out/`, as electron-builder leaves it for this system. */
export async function packageApp({ forTests }: { forTests: boolean }): Promise<PackagedApp> {
  const startedMs = performance.now();
  const electron = await findElectron();
  const output = join(outFolder, forTests ? 'test-app' : 'app');
  const config: Configuration = {
    appId: 'cn.posbench.desktop',
    productName: 'POS Bench',
    executableName: programName,
    electronVersion: electron.version,
    electronDist: electron.distFolder,
    directories: { output, buildResources: join(root, 'build', 'icons') },
    // Add-ons ship prebuilt for every system: nothing to compile.
    npmRebuild: false,
    files: ['dist/**', 'package.json', '!node_modules/**', ...(await moduleFiles())],
    asar: true,
    electronLanguages: ['en-US', 'zh-CN'],
    electronFuses: {
      // The simulated terminal is a process of its own, run by this program as plain Node.
      runAsNode: true,
      enableNodeCliInspectArguments: forTests,
      enableNodeOptionsEnvironmentVariable: false,
      onlyLoadAppFromAsar: true,
      grantFileProtocolExtraPrivileges: false,
    },
    linux: { target: 'dir', category: 'Utility', executableName: programName },
    win: { target: 'dir' },
    mac: { target: 'dir', identity: null },
    publish: null,
  };
  await build({ projectDir: root, config });
  console.log(`Packaged in ${((performance.now() - startedMs) / 1000).toFixed(1)} s: ${output}`);
  return appBelow(output);
}

/** Where `packageApp` puts the program. */
export function appBelow(output: string): PackagedApp {
  if (process.platform === 'linux') {
    const folder = join(
      output,
      process.arch === 'x64' ? 'linux-unpacked' : `linux-${process.arch}-unpacked`,
    );
    return { folder, executable: join(folder, programName) };
  }
  if (process.platform === 'win32') {
    const folder = join(output, 'win-unpacked');
    return { folder, executable: join(folder, `${programName}.exe`) };
  }
  if (process.platform === 'darwin') {
    const folder = join(
      output,
      process.arch === 'x64' ? 'mac' : `mac-${process.arch}`,
      'POS Bench.app',
    );
    return { folder, executable: join(folder, 'Contents', 'MacOS', 'POS Bench') };
  }
  return fail(`There is no packaged app for ${process.platform}.`);
}

/** The native modules and what they need, with the prebuilt add-ons of this system only. */
async function moduleFiles(): Promise<string[]> {
  const modules = await shippedModules(nativeModules);
  return [
    ...modules.map((folder) => `${folder}/**`),
    // What compiling the add-ons would need, and what only people read.
    ...nativeModules.map((name) => `!node_modules/${name}/{src,scripts,test,libusb*}/**`),
    '!node_modules/usb/libusb.gypi',
    '!node_modules/@types/**',
    '!node_modules/@serialport/bindings-cpp/src/**',
    '!**/node_modules/node-addon-api/**',
    '!**/node_modules/**/{binding.gyp,*.md,*.map,*.ts,*.mts,*.cts}',
    // macOS: one file may serve both processors (`darwin-x64+arm64`).
    `!**/prebuilds/!(${process.platform}-${process.arch}|${process.platform}-x64+arm64)/**`,
  ];
}

await main(import.meta, () => packageApp({ forTests: process.argv.includes('--for-tests') }));
