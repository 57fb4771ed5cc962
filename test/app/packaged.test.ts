/** The app as it is given to people: its fuses, what is in it, and that it runs closed as it is. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { extractFile, listPackage } from '@electron/asar';
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { expect, onTestFinished, test } from 'vitest';
import { packagedApp } from '../../build/package.ts';
import { run } from '../../build/run.ts';
import { overDevTools } from '../support/over-devtools.ts';
import { mostStartScriptBytes, startScriptBytes } from '../support/start-script.ts';
import { temporaryFolder } from './harness.ts';

/** As they stand in the program: the characters 0 and 1. */
const off = 48;
const on = 49;
const app = packagedApp();
const resources = join(app.folder, 'resources');
const shell = join(resources, 'shell', 'pos-bench');

test('the program is no Node, takes no options of one, and loads the app from its archive only', async () => {
  const wire = await getCurrentFuseWire(app.executable);
  expect(wire).toMatchObject({
    [FuseV1Options.RunAsNode]: off,
    [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: off,
    [FuseV1Options.EnableNodeCliInspectArguments]: off,
    [FuseV1Options.EnableCookieEncryption]: on,
    [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: on,
    [FuseV1Options.OnlyLoadAppFromAsar]: on,
    [FuseV1Options.GrantFileProtocolExtraPrivileges]: off,
  });
});

test('the archive holds what runs: no sources, no tests, no maps', () => {
  const files = listPackage(join(resources, 'app.asar'), { isPack: false });
  expect(files).toContain(join('/', 'dist', 'electron', 'main.js'));
  expect(
    files.filter((file) => /\.(ts|mts|cts|svelte|map|md)$|[\\/]tests?[\\/]/.test(file)),
  ).toEqual([]);
});

test('the window loads little script at its start, and the words of one language', () => {
  const archive = join(resources, 'app.asar');
  const page = join('dist', 'renderer');
  const names = listPackage(archive, { isPack: false })
    .filter((name) => name.startsWith(join('/', page)))
    .map((name) => name.slice(join('/', page).length).replaceAll('\\', '/'));
  const bytes = startScriptBytes(names, (name) => extractFile(archive, join(page, name)));
  expect(bytes).toBeGreaterThan(50_000);
  expect(bytes).toBeLessThanOrEqual(mostStartScriptBytes);
});

test('without an address to ask it never looks for newer versions of itself', () => {
  expect(readdirSync(resources)).not.toContain('app-update.yml');
});

test('add-ons lie outside the archive, those of this system only', () => {
  const addons = below(join(resources, 'app.asar.unpacked')).filter((file) =>
    file.endsWith('.node'),
  );
  const packages = addons.map((file) => file.split(/[\\/]prebuilds[\\/]/)[0]);
  expect(new Set(packages).size).toBe(3);
  const others = addons.filter((file) => !file.includes(`${process.platform}-${process.arch}`));
  expect(others).toEqual([]);
});

test('the shell in the package runs with the Node beside it, from any folder', async () => {
  const noNode = { PATH: '/nowhere:/usr/bin:/bin' };
  const listed = await run(shell, ['simulate', '--list-faults', '--json'], {
    cwd: temporaryFolder(),
    env: noNode,
    quiet: true,
  });
  expect(listed.code, listed.output).toBe(0);
  expect(JSON.parse(listed.output)).toHaveProperty('result');
});

test('as it is given to people it opens its window, and a training terminal answers in it', async () => {
  const program = await overDevTools(app.executable, [`--data=${temporaryFolder()}`, '--training']);
  onTestFinished(program.close);
  const { page } = program;
  await page.locator('[data-testid="terminal-list"][data-state="live"]').waitFor();
  await page.locator('[data-testid="terminal-header"]').waitFor();
  expect(await page.locator('[data-testid="terminal-header"]').innerText()).not.toBe('');
});

function below(folder: string): string[] {
  return readdirSync(folder, { recursive: true }).map(String);
}
