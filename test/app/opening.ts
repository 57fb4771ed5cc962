/** How many tests of the window open: the app, a code box on its cable, and one of its views. */
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect } from 'vitest';
import { openRecords } from '../../native-bridge/records/records.ts';
import { openedCase } from '../records/support.ts';
import { connect, plugIn, updateImage, type CodeBox } from './code-box.ts';
import { startApp, temporaryFolder, type AppOptions, type RunningApp } from './harness.ts';

export interface Opening extends AppOptions {
  /** Of the simulated code box. */
  readonly faults?: readonly string[];
  /** Further options of the simulator. */
  readonly box?: readonly string[];
  /** Chosen instead of the one it is recognised by. */
  readonly profileFile?: string;
}

/** Connected, and the view opened. */
export async function openAt(
  tab: 'settings' | 'firmware' | 'diagnosis',
  { faults, box: more, profileFile, ...options }: Opening = {},
): Promise<{ app: RunningApp; box: CodeBox; at: RunningApp['at'] }> {
  const box = await plugIn(faults, more);
  const app = await startApp(options);
  if (profileFile !== undefined) await chooseProfile(app, profileFile);
  await connect(app, box);
  await app.at(`tab-${tab}`).click();
  return { app, box, at: app.at };
}

/** One case in the records, and opened; no terminal. */
export async function openACase(): Promise<RunningApp> {
  const dataFolder = temporaryFolder();
  const records = await openRecords({ dataFolder });
  await openedCase(records);
  await records.close();
  const app = await startApp({ dataFolder });
  await app.at('rail-records').click();
  await app.at('case-row').click();
  await app.at('past-outcome').waitFor();
  return app;
}

async function chooseProfile({ at, willChoose }: RunningApp, file: string): Promise<void> {
  await at('model').locator('summary').click();
  await willChoose(file);
  await at('model-profile-file').click();
  await expect.poll(() => at('model-choice').textContent()).toContain(basename(file));
}

/** In the firmware view; waits for the plan. */
export async function chooseImage(app: RunningApp, image = updateImage): Promise<void> {
  await app.willChoose(image);
  await app.at('choose-image').click();
  await app.at('flash-plan').waitFor();
}

/** In the settings view: backs up and saves the backup. Returns the file. */
export async function saveBackup(app: RunningApp, name: string): Promise<string> {
  const { at } = app;
  await at('back-up').click();
  await at('settings-backup-qr.mode').waitFor();
  await at('settings-history').locator('summary').click();
  const file = join(app.dataFolder, name);
  await app.willSave(file);
  await at('backup-save').click();
  await expect.poll(() => readable(file), { timeout: 10_000 }).toContain('"key": "qr.mode"');
  return file;
}

/** Its text; empty while there is no such file. */
export function readable(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
