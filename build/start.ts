/** `npm start [-- --training --data DIR]`: builds and packages what is stale, then opens the app. */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { buildAll } from './build.ts';
import { isBuildFresh } from './freshness.ts';
import { packageApp, packagedApp } from './package.ts';
import { distFolder } from './paths.ts';
import { fail, main, run } from './run.ts';

async function start(): Promise<number> {
  const args = process.argv.slice(2);
  if (!(await isBuildFresh())) await buildAll();
  await mustHaveDisplay();
  mustNotBeRootUntold(args);
  const { executable } = isPackageFresh() ? packagedApp() : await packageApp();
  return (await run(executable, args)).code;
}

/** In both languages: it is not known yet which one the reader speaks. */
async function mustHaveDisplay(): Promise<void> {
  if (process.platform !== 'linux') return;
  if (process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY']) return;
  // Compiled by the build, so not there when this file is loaded.
  const { words } = await import('../native-bridge/wording/index.ts');
  const sentences = (['zh-CN', 'en'] as const).map((locale) =>
    words('host_no_display', {}, locale),
  );
  fail(sentences.join('\n  '));
}

function mustNotBeRootUntold(args: readonly string[]): void {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return;
  if (args.includes('--no-sandbox')) return;
  fail('As root the window runs without its sandbox only: npm start -- --no-sandbox');
}

function isPackageFresh(): boolean {
  const archive = join(packagedApp().folder, 'resources', 'app.asar');
  const madeMs = (file: string) => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  return madeMs(archive) > madeMs(join(distFolder, 'built.json'));
}

await main(import.meta, start);
