/** `npm run test:usb`: the tests on a real USB bus alone, over a build that is up to date. */
import { buildAll } from './build.ts';
import { isBuildFresh } from './freshness.ts';
import { fail, main } from './run.ts';
import { howToInstall, prepareSystem } from './system-packages.ts';
import { runVitest, type Counted } from './vitest-run.ts';

/** Why the USB lab can't run here, and what to install; null: it can. */
export async function whyNoUsbLab(): Promise<string | null> {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    return 'The USB lab is a virtual machine of this machine’s own Debian: it needs Linux on x64.';
  }
  const missing = await prepareSystem(['usb']);
  return missing.parts.has('usb') ? howToInstall(missing) : null;
}

/** Over the build that is there. */
export function runUsbLab(): Promise<Counted> {
  return runVitest('vitest.usb.config.ts');
}

async function testUsb(): Promise<number> {
  const why = await whyNoUsbLab();
  if (why !== null) fail(why);
  if (!(await isBuildFresh())) await buildAll();
  const { failed, passed } = await runUsbLab();
  return failed === 0 && passed > 0 ? 0 : 1;
}

await main(import.meta, testUsb);
