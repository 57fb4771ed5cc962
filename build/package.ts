/**
 * `npm run package`: packs `dist/` as the app that is installed, offline where it can be: the
 * Electron that electron.ts finds is packed as it is. `--dir` stops at the unpacked app.
 */
import { cp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { flipFuses, FuseV1Options, FuseVersion } from '@electron/fuses';
import { build } from 'electron-builder';
import { findElectron } from './electron.ts';
import { appConfig, programName } from './packaging/app-config.ts';
import { makeInstallers } from './packaging/installers.ts';
import { readFeed } from './packaging/update-feed.ts';
import { outFolder, root } from './paths.ts';
import { fail, main } from './run.ts';

export interface PackagedApp {
  readonly executable: string;
  readonly folder: string;
}

const appFolder = join(outFolder, 'app');
const testFolder = join(outFolder, 'test-app');

/** The packaged app below `out/app`, as electron-builder leaves it for this system. */
export async function packageApp(feed: string | null = null): Promise<PackagedApp> {
  const startedMs = performance.now();
  const electron = await findElectron();
  const config = await appConfig(process, electron, appFolder, feed);
  await build({ projectDir: root, config, publish: 'never' });
  console.log(`Packaged in ${((performance.now() - startedMs) / 1000).toFixed(1)} s: ${appFolder}`);
  return appBelow(appFolder);
}

/** A copy of it with one fuse open, so that Playwright can drive its main process too. */
export async function packageForTests(feed: string | null = null): Promise<PackagedApp> {
  await packageApp(feed);
  await rm(testFolder, { recursive: true, force: true });
  await cp(appFolder, testFolder, { recursive: true, verbatimSymlinks: true });
  const app = appBelow(testFolder);
  await flipFuses(app.executable, {
    version: FuseVersion.V1,
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
    resetAdHocDarwinSignature: process.platform === 'darwin',
  });
  return app;
}

/** Where the unpacked app of this system is. */
export function packagedApp(): PackagedApp {
  return appBelow(appFolder);
}

/** Where the copy for tests is. */
export function testApp(): PackagedApp {
  return appBelow(testFolder);
}

function appBelow(output: string): PackagedApp {
  const { platform, arch } = process;
  const archName = arch === 'x64' ? '' : `-${arch}`;
  if (platform === 'linux') {
    const folder = join(output, `linux${archName}-unpacked`);
    return { folder, executable: join(folder, programName) };
  }
  if (platform === 'win32') {
    const folder = join(output, `win${archName}-unpacked`);
    return { folder, executable: join(folder, `${programName}.exe`) };
  }
  if (platform === 'darwin') {
    const folder = join(output, `mac${archName}`, 'POS Bench.app');
    return { folder, executable: join(folder, 'Contents', 'MacOS', programName) };
  }
  return fail(`There is no packaged app for ${platform}.`);
}

const help = `npm run package [-- --dir] [--feed https://…]

Makes the installers that this system can make, below out/installers, and says which it
can't and why. Run "npm run build" first.

  --dir        stop at the unpacked app, below out/app
  --for-tests  the unpacked app, and a copy that Playwright may drive, below out/test-app
  --feed URL   where this package asks for newer versions, once that is switched on in it;
               without, it never asks
  --help       this text
`;

async function command(): Promise<number> {
  const { values } = parseArgs({
    options: {
      dir: { type: 'boolean' },
      'for-tests': { type: 'boolean' },
      feed: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help) {
    console.log(help);
    return 0;
  }
  const feed = values.feed === undefined ? null : readFeed(values.feed);
  if (values['for-tests']) await packageForTests(feed);
  else if (values.dir) await packageApp(feed);
  else return await makeInstallers(await findElectron(), feed);
  return 0;
}

await main(import.meta, command);
