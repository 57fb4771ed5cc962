/** `npm run test:usb`: the tests on a real USB bus alone, over a build and a package that are up to date. */
import { buildAll } from './build.ts';
import { isBuildFresh } from './freshness.ts';
import { packageForTests } from './package.ts';
import { fail, main } from './run.ts';
import { howToInstall, prepareSystem } from './system-packages.ts';
import { runVitest, type Counted } from './vitest-run.ts';

/** Why the USB lab can't run here, and what to install; null: it can. */
export async function whyNoUsbLab(): Promise<string | null> {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    return 'The USB lab is a virtual machine of this machine’s own Debian: it needs Linux on x64.';
  }
  // The packaged app is started in it as well.
  const missing = await prepareSystem(['usb', 'app']);
  return missing.packages.length > 0 ? howToInstall(missing) : null;
}

/** Over the build and the package for tests that are there. */
export function runUsbLab(): Promise<Counted> {
  return runVitest('vitest.usb.config.ts');
}

async function testUsb(): Promise<number> {
  const why = await whyNoUsbLab();
  if (why !== null) fail(why);
  if (!(await isBuildFresh())) await buildAll();
  await packageForTests();
  const { failed, passed } = await runUsbLab();
  return failed === 0 && passed > 0 ? 0 : 1;
}

await main(import.meta, testUsb);
