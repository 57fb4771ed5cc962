/**
 * `npm test`: everything that must pass. Prepares the system, builds, packages, runs the tests of
 * every layer, those of the packaged app and those on a real USB bus. A part that fails keeps none
 * of the others from being run and reported. Nothing is skipped without a word: a part that cannot
 * run here fails, and what was skipped is named (with `CI=true` it fails).
 */
import { buildAll } from './build.ts';
import { packageForTests } from './package.ts';
import { main } from './run.ts';
import { howToInstall, prepareSystem } from './system-packages.ts';
import { runUsbLab, whyNoUsbLab } from './test-usb.ts';
import { display, runVitest, type Counted } from './vitest-run.ts';

/** Tests over recordings that are not part of this project may be skipped where those are not there. */
const mayBeSkipped = /samples\.test\.ts: /;

async function testAll(): Promise<number> {
  const runs: Counted[] = [];

  heading('System packages');
  const missing = await prepareSystem(['app', 'lines', 'files']);
  if (missing.packages.length > 0) console.error(howToInstall(missing));
  else console.log('All there.');

  heading('Build');
  await buildAll();

  heading('Tests of every layer');
  runs.push(await runVitest('vitest.config.ts'));

  heading('Package');
  const app = await packageForTests();
  process.env['POS_BENCH_APP'] = app.executable;

  heading('Tests of the packaged app');
  if (missing.parts.has('app')) {
    console.error(`✕ Not run. ${howToInstall(missing)}`);
    const summary = [' Packaged app  not run'];
    runs.push({ passed: 0, failed: 1, skipped: [], failures: [], summary });
  } else {
    runs.push(await runVitest('vitest.app.config.ts', display));
  }

  heading('Tests on a real USB bus');
  runs.push(await testOnUsbBus());
  return conclude(runs);
}

/** Not every machine can: elsewhere it is named as skipped, with what to install. */
async function testOnUsbBus(): Promise<Counted> {
  const why = await whyNoUsbLab();
  if (why === null) return runUsbLab({ withWindow: false });
  console.error(`Not run. ${why}`);
  const summary = [' USB lab  not run'];
  return { passed: 0, failed: 0, skipped: [`USB lab: ${why}`], failures: [], summary };
}

function conclude(runs: readonly Counted[]): number {
  const skipped = runs.flatMap((run) => run.skipped);
  const forbidden = process.env['CI'] ? skipped.filter((name) => !mayBeSkipped.test(name)) : [];
  heading('Result');
  for (const name of skipped) console.log(`skipped: ${name}`);
  for (const failure of runs.flatMap((run) => run.failures)) console.log(`✕ ${failure}`);
  for (const { summary } of runs) console.log(summary.join('\n'));
  const passed = runs.reduce((sum, run) => sum + run.passed, 0);
  const failed = runs.reduce((sum, run) => sum + run.failed, forbidden.length);
  console.log(`\n${passed} passed, ${failed} failed`);
  return failed === 0 && passed > 0 ? 0 : 1;
}

function heading(words: string): void {
  console.log(`\n━━ ${words} ${'━'.repeat(Math.max(0, 70 - words.length))}`);
}

await main(import.meta, testAll);
