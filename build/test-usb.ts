/** `npm run test:usb`: the tests on a real USB bus alone, over a build that is up to date. */
import { buildAll } from './build.ts';
import { isBuildFresh } from './freshness.ts';
import { fail, main } from './run.ts';
import { howToInstall, prepareSystem } from './system-packages.ts';
import { runVitest } from './vitest-run.ts';

async function testUsb(): Promise<number> {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    fail('The USB lab is a virtual machine of this machine’s own Debian: it needs Linux on x64.');
  }
  const missing = await prepareSystem(['usb']);
  if (missing.parts.has('usb')) fail(howToInstall(missing));
  if (!(await isBuildFresh())) await buildAll();
  const { failed, passed } = await runVitest('vitest.usb.config.ts');
  return failed === 0 && passed > 0 ? 0 : 1;
}

await main(import.meta, testUsb);
