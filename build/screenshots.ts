/**
 * `npm run screenshots`: stores how every view of the packaged app looks now, for the comparison in
 * `npm test` and for the README. What is stored is to be looked at before it is committed.
 */
import { buildAll } from './build.ts';
import { packageForTests } from './package.ts';
import { main } from './run.ts';
import { howToInstall, prepareSystem } from './system-packages.ts';
import { display, runVitest } from './vitest-run.ts';

async function storeScreenshots(): Promise<number> {
  const missing = await prepareSystem(['app']);
  if (missing.packages.length > 0) {
    console.error(howToInstall(missing));
    return 1;
  }
  await buildAll();
  process.env['POS_BENCH_APP'] = (await packageForTests()).executable;
  process.env['POS_BENCH_STORE_PICTURES'] = '1';
  const { failed } = await runVitest('vitest.app.config.ts', display, [
    'test/app/stored-pictures.test.ts',
  ]);
  return failed === 0 ? 0 : 1;
}

await main(import.meta, storeScreenshots);
