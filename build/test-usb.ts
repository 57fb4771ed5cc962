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

/**
 * Over the build and the package for tests that are there. The window in the guest is dear (Chromium on
 * an emulated processor takes as long as half of the other parts), and what it shows the tests of the
 * packaged app see as well, on lines of their own: `npm run test:usb` has it, `npm test` leaves it out.
 */
export function runUsbLab({ withWindow }: { readonly withWindow: boolean }): Promise<Counted> {
  if (!withWindow) process.env['LAB_WITHOUT'] ??= 'window';
  return runVitest('vitest.usb.config.ts');
}

async function testUsb(): Promise<number> {
  const why = await whyNoUsbLab();
  if (why !== null) fail(why);
  if (!(await isBuildFresh())) await buildAll();
  await packageForTests();
  const { failed, passed } = await runUsbLab({ withWindow: true });
  return failed === 0 && passed > 0 ? 0 : 1;
}

await main(import.meta, testUsb);
