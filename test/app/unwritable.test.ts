/**
 * Where what is saved can't be written (a stick that is locked or full, a folder that is another's): that is told with what to do,
 * nothing half-written stays, and the same is saved elsewhere afterwards.
 */
import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { temporaryFolder, type RunningApp } from './harness.ts';
import { openACase } from './opening.ts';
import { bothLanguages, picture, smallest } from './pictures.ts';

const canMount = process.getuid?.() === 0 && process.platform === 'linux';
if (!canMount) console.log('not run: locked and full disks (need root on Linux to mount them)');

function mounted(options: string): string {
  const folder = join(temporaryFolder(), 'disk');
  mkdirSync(folder);
  execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', folder]);
  onTestFinished(() => void execFileSync('umount', ['-l', folder]));
  return folder;
}

function fullDisk(): string {
  const folder = mounted('size=8k');
  writeFileSync(join(folder, 'theirs'), Buffer.alloc(8192, 1));
  return folder;
}

/** Nobody but root may write there; where the tests are root's, nobody at all. */
function lockedFolder(): string {
  const folder = join(temporaryFolder(), 'locked');
  mkdirSync(folder);
  if (!canMount) chmodSync(folder, 0o500);
  else execFileSync('mount', ['-t', 'tmpfs', '-o', 'ro', 'tmpfs', folder]);
  onTestFinished(() => {
    if (canMount) execFileSync('umount', ['-l', folder]);
    else chmodSync(folder, 0o700);
  });
  return folder;
}

const places: readonly [name: string, folder: () => string, code: RegExp, needsRoot: boolean][] = [
  ['a folder that is locked', lockedFolder, /could not be written.*another folder/s, false],
  ['a full disk', fullDisk, /disk is full.*another folder.*case/s, true],
  [
    'a folder that is no more',
    () => join(temporaryFolder(), 'gone'),
    /could not be written/,
    false,
  ],
];

/** What is saved of a case: its button, and the format that is chosen before. */
const saved: readonly [format: string | null, button: string, name: string][] = [
  ['html', 'case-report', 'report.html'],
  ['pdf', 'case-report', 'report.pdf'],
  ['json', 'case-report', 'report.json'],
  [null, 'case-report-bundle', 'case.zip'],
];

async function save(app: RunningApp, [format, button]: (typeof saved)[number], file: string) {
  if (format !== null) await app.at('case-format').selectOption(format);
  await app.willSave(file);
  await app.at(button).press('Space');
}

const runnable = places.filter(([, , , needsRoot]) => canMount || !needsRoot);
test.each(runnable)(
  '%s: nothing of a case is half saved, and elsewhere it is',
  async (name, make, said) => {
    const app = await openACase();
    const { at } = app;
    const folder = make();
    const before = existsSync(folder) ? readdirSync(folder) : null;
    for (const one of saved) {
      await save(app, one, join(folder, one[2]));
      await expect
        .poll(async () => (await at('report-not-saved').allTextContents()).join('\n'), {
          timeout: 60_000,
        })
        .toMatch(said);
      expect(existsSync(folder) ? readdirSync(folder) : null).toEqual(before);
    }
    await picture(app, `not-saved-${name.replaceAll(' ', '-')}`, smallest, bothLanguages);
    const good = temporaryFolder();
    for (const one of saved) {
      await save(app, one, join(good, one[2]));
      await at('made-saved').filter({ hasText: one[2] }).waitFor({ timeout: 60_000 });
      expect(statSync(join(good, one[2])).size).toBeGreaterThan(500);
    }
    expect(await at('past-outcome').isVisible()).toBe(true);
    expect(app.complaints).toEqual([]);
  },
  240_000,
);
