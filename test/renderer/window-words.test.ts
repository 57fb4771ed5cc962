/** The window is bundled without the words of the shell (build/window-words.ts): it says none of them. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { windowWords } from '../../build/window-words.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

const sourcesOf = (folder: string): string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(?:ts|svelte)$/u.test(name))
    .map((name) => join(root, folder, name));

it('no view and no state of the window says a word of the shell', () => {
  const files = [...sourcesOf('renderer'), ...sourcesOf('electron')];
  expect(files.length).toBeGreaterThan(50);
  expect(files.filter((file) => /\bcli_/u.test(readFileSync(file, 'utf8')))).toEqual([]);
});

it('of the compiled words the shell’s go, and all others stay', () => {
  const id = join(root, 'native-bridge/wording/generated/messages/en.js');
  const code = readFileSync(id, 'utf8');
  const { transform } = windowWords() as {
    transform: (code: string, id: string) => { code: string };
  };
  const namesIn = (text: string): string[] =>
    [...text.matchAll(/^export const (\w+) = /gmu)].map(([, name]) => name ?? '');
  const left = namesIn(transform(code, id).code);
  expect(left).toEqual(namesIn(code).filter((name) => !name.startsWith('cli_')));
  expect(left.length).toBeLessThan(namesIn(code).length);
});
