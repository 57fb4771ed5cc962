/** Each program is bundled with the words it says (build/words-kept.ts). */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { isWordOfHost, wordsKept } from '../../build/words-kept.ts';

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

it('the host says no words but those that it is bundled with', () => {
  const said = sourcesOf('electron').flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/\bwords\('(\w+)'/gu)].map(([, key]) => key ?? ''),
  );
  expect(said.length).toBeGreaterThan(10);
  expect(said.filter((key) => !isWordOfHost(key))).toEqual([]);
});

it('of the compiled words those stay that are asked for, and all others go', () => {
  const id = join(root, 'native-bridge/wording/generated/messages/en.js');
  const code = readFileSync(id, 'utf8');
  const namesIn = (text: string): string[] =>
    [...text.matchAll(/^export const (\w+) = /gmu)].map(([, name]) => name ?? '');
  for (const keeps of [
    (key: string) => !key.startsWith('cli_'),
    (key: string) => key.startsWith('host_'),
  ]) {
    const { transform } = wordsKept(keeps) as {
      transform: (code: string, id: string) => { code: string };
    };
    const left = namesIn(transform(code, id).code);
    expect(left).toEqual(namesIn(code).filter(keeps));
    expect(left.length).toBeLessThan(namesIn(code).length);
  }
});
