/** The desktop host's parts that need no window. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { readArguments } from '../../electron/arguments.ts';
import {
  firstPreferences as empty,
  preferencesChangeSchema,
  preferencesSchema,
  textToSaveSchema,
} from '../../electron/channels.ts';
import { maxCharacters, maxLines, slackLines } from '../../renderer/state/line-store.ts';
import { Stored } from '../../electron/stored.ts';

test('the data folder and training are read from among Chromium’s own switches', () => {
  const argv = ['--no-sandbox', '--lang=en', '--data', 'here', '--inspect=0', '--training', 'x'];
  expect(readArguments(argv)).toEqual({
    dataFolder: resolve('here'),
    folderGiven: true,
    training: true,
  });
  expect(readArguments(['--no-sandbox']).training).toBe(false);
  expect(readArguments(['--data=/there']).dataFolder).toBe('/there');
});

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'pos-bench-host-'));
  onTestFinished(() => rmSync(made, { recursive: true }));
  return made;
}

test('what is stored is there at the next start', () => {
  const file = join(folder(), 'below', 'preferences.json');
  const chosen = { ...empty, locale: 'zh-CN', theme: 'dark', textSizePercent: 150 } as const;
  new Stored(file, preferencesSchema, empty).set(chosen);
  expect(new Stored(file, preferencesSchema, empty).value).toEqual(chosen);
});

test('what an older version stored is taken as it is, with what came since at its beginning', () => {
  const file = join(folder(), 'preferences.json');
  writeFileSync(file, '{"locale":"en","theme":"dark"}');
  const { value } = new Stored(file, preferencesSchema, empty);
  expect(value).toEqual({ ...empty, locale: 'en', theme: 'dark' });
});

test('a change names only what it changes', () => {
  expect(preferencesChangeSchema.parse({ theme: 'dark' })).toEqual({ theme: 'dark' });
});

test.each([
  ['cut off', '{"locale":"zh'],
  ['of another shape', '{"locale":"fr","theme":1}'],
  ['not text', '\u0000\u0001'],
])('a stored file that is %s counts as empty', (_what, content) => {
  const file = join(folder(), 'preferences.json');
  writeFileSync(file, content);
  expect(new Stored(file, preferencesSchema, empty).value).toEqual(empty);
});

test('what cannot be stored is kept until the app ends', () => {
  const file = join(folder(), 'preferences.json');
  writeFileSync(file, 'a file where a folder should be');
  const stored = new Stored(join(file, 'deeper.json'), preferencesSchema, empty);
  stored.set({ ...empty, locale: 'en' });
  expect(stored.value).toEqual({ ...empty, locale: 'en' });
  expect(readFileSync(file, 'utf8')).toBe('a file where a folder should be');
});

test('a console that is as full as it gets can be saved', () => {
  const prefixCharacters = '2026-01-01T00:00:00.000Z device \n'.length;
  const characters = maxCharacters + (maxLines + slackLines) * prefixCharacters;
  const file = { suggestedName: 'console.log', text: 'x'.repeat(characters) };
  expect(textToSaveSchema.safeParse(file).success).toBe(true);
});
