/**
 * The bundles, with fixed targets, so that what is tested is what ships:
 * - `dist/node/`: every program that runs in Node (shell, bridge process, records worker, picture
 *   decoder, simulated code box), sharing chunks; all modules lie in this one folder, so a program
 *   finds its neighbours and data beside itself.
 * - `dist/electron/main.js`: the host with its few words; nothing shows before it runs, so what is
 *   seldom needed (the data folder's move) lies beside it.
 * - `dist/electron/preload.cjs`: one CommonJS file, which is all a sandboxed window can load.
 * - `dist/electron/updater.cjs`: electron-updater, loaded only where it is wanted.
 * - `dist/renderer/`: the window.
 * Native add-ons stay outside and are found in node_modules.
 */
import { join } from 'node:path';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { build, type InlineConfig } from 'vite';
import { noInlineStyles } from './no-inline-styles.ts';
import { parsedInstead } from './parsed-files.ts';
import { root } from './paths.ts';
import { isWordOfHost, isWordOfWindow, wordsKept } from './words-kept.ts';

/** Electron 33's Node and Chromium: the oldest that the tests run on. */
const nodeTarget = 'node20.18';
const chromeTarget = 'chrome130';

/** Modules that bring native add-ons: they ship as packages. */
export const nativeModules = ['serialport', 'usb', '@photostructure/sqlite'];

/** Name in `dist/node/` → source. */
export const nodePrograms: Readonly<Record<string, string>> = {
  'pos-bench': 'cli/pos-bench.ts',
  'bridge-process': 'electron/bridge-process.ts',
  'records-worker': 'native-bridge/records/worker.ts',
  'picture-decoder': 'native-bridge/pictures/decoder-thread.ts',
  'codebox-simulator': 'native-bridge/simulators/codebox/main.ts',
  'android-simulator': 'native-bridge/simulators/android/main.ts',
  'acquirer-simulator': 'native-bridge/simulators/acquirer/main.ts',
};

const common: InlineConfig = {
  root,
  configFile: false,
  envDir: false,
  logLevel: 'warn',
  publicDir: false,
  define: { 'process.env.NODE_ENV': '"production"' },
};

/** Each writes below `dist`, the folder that becomes `dist/`. */
export async function bundleNode(dist: string): Promise<void> {
  await build({
    ...common,
    plugins: [wordsKept(() => true), parsedInstead()],
    ssr: { target: 'node', noExternal: true, external: nativeModules },
    build: {
      ssr: true,
      target: nodeTarget,
      outDir: dist,
      emptyOutDir: false,
      // Stack traces in a technician's log must be legible.
      minify: false,
      reportCompressedSize: false,
      rolldownOptions: {
        input: inputs(nodePrograms),
        external: ['electron', ...nativeModules],
        output: {
          format: 'es',
          entryFileNames: 'node/[name].js',
          chunkFileNames: 'node/[name]-[hash].js',
        },
      },
    },
  });
}

export async function bundleMain(dist: string): Promise<void> {
  await build({
    ...common,
    plugins: [wordsKept(isWordOfHost)],
    ssr: { target: 'node', noExternal: true, external: nativeModules },
    build: {
      ssr: true,
      target: nodeTarget,
      outDir: join(dist, 'electron'),
      emptyOutDir: false,
      minify: false,
      rolldownOptions: {
        input: { main: join(root, 'electron/main.ts') },
        external: ['electron', ...nativeModules],
        output: {
          format: 'es',
          entryFileNames: '[name].js',
          chunkFileNames: '[name]-[hash].js',
        },
      },
    },
  });
}

export async function bundlePreload(dist: string): Promise<void> {
  await bundleCommonJs(dist, 'preload', 'electron/preload/preload.ts');
}

/** Apart, since a package without a feed never loads it. */
export async function bundleUpdater(dist: string): Promise<void> {
  await bundleCommonJs(dist, 'updater', 'electron/updater.ts');
}

async function bundleCommonJs(dist: string, name: string, source: string): Promise<void> {
  await build({
    ...common,
    ssr: { target: 'node', noExternal: true },
    build: {
      ssr: true,
      target: nodeTarget,
      outDir: join(dist, 'electron'),
      emptyOutDir: false,
      minify: false,
      rolldownOptions: {
        input: { [name]: join(root, source) },
        external: ['electron'],
        output: { format: 'cjs', entryFileNames: '[name].cjs', codeSplitting: false },
      },
    },
  });
}

export async function bundleRenderer(dist: string): Promise<void> {
  const folder = join(root, 'renderer');
  await build({
    ...common,
    root: folder,
    plugins: [noInlineStyles(), wordsKept(isWordOfWindow), svelte({ configFile: false })],
    build: {
      target: chromeTarget,
      cssTarget: chromeTarget,
      outDir: join(dist, 'renderer'),
      emptyOutDir: true,
      reportCompressedSize: false,
      // Read from the disk, not over a network.
      chunkSizeWarningLimit: 2_000,
      // The content security policy allows files of the app only: nothing inline, no data: URLs.
      assetsInlineLimit: 0,
      // All that a part needs is asked for at once.
      modulePreload: { polyfill: false },
      rolldownOptions: {
        input: join(folder, 'index.html'),
        // The first screen in one file: each file of its own waits for the host's answer.
        output: { codeSplitting: { groups: [{ name: 'start', tags: ['$initial'] }] } },
      },
    },
  });
}

function inputs(programs: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(programs).map(([name, source]) => [name, join(root, source)]),
  );
}
