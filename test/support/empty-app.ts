/** The same Electron with a window that shows nothing: what the app is measured against. */
import { cp, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { electronProgram, findElectron } from '../../build/electron.ts';
import type { DrivenProgram } from './over-devtools.ts';

export async function emptyIsLoaded({ page }: DrivenProgram): Promise<void> {
  await page.locator('body[data-ready]').waitFor({ state: 'attached' });
}

/** Puts it into the folder; returns its program. */
export async function emptyApp(folder: string): Promise<string> {
  const { distFolder: electron } = await findElectron();
  const copy = join(folder, 'electron');
  await cp(electron, copy, { recursive: true, verbatimSymlinks: true });
  const app = join(copy, 'resources', 'app');
  await rm(join(copy, 'resources', 'default_app.asar'), { force: true });
  await mkdir(app, { recursive: true });
  await writeFile(join(app, 'package.json'), '{"name":"empty","main":"main.cjs"}');
  await writeFile(
    join(app, 'main.cjs'),
    `const { app, BrowserWindow } = require('electron');
app.whenReady().then(() => new BrowserWindow({ width: 1280, height: 800 }).loadFile('index.html'));`,
  );
  await writeFile(
    join(app, 'index.html'),
    '<!doctype html><meta charset="utf-8"><title>empty</title><body data-ready></body>',
  );
  const program = electronProgram(copy);
  const renamed = join(copy, 'empty');
  if (process.platform !== 'linux') return program;
  await rename(program, renamed);
  return renamed;
}
