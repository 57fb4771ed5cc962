/** Each program is bundled with the words it says (build/words-kept.ts). */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { isWordOfHost, isWordOfWindow, wordsKept } from '../../build/words-kept.ts';
import { isMessageKey, messageKeys } from '../../native-bridge/wording/catalogue.ts';
import { wordsOf } from '../../native-bridge/wording/languages.ts';
import { locales } from '../wording/messages.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

const sourcesOf = (folder: string): string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(?:ts|svelte)$/u.test(name))
    .map((name) => join(root, folder, name));

it('no view and no state of the window says a word that it is not bundled with', () => {
  const files = sourcesOf('renderer');
  expect(files.length).toBeGreaterThan(50);
  const said = files.flatMap((file) => [...readFileSync(file, 'utf8').matchAll(/'(\w+_\w+)'/gu)]);
  const keys = said.map(([, key = '']) => key).filter(isMessageKey);
  expect(keys.length).toBeGreaterThan(500);
  expect(keys.filter((key) => !isWordOfWindow(key))).toEqual([]);
});

it('the host says no words but those that it is bundled with', () => {
  const said = sourcesOf('electron').flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/\bwords\('(\w+)'/gu)].map(([, key]) => key ?? ''),
  );
  expect(said.length).toBeGreaterThan(10);
  expect(said.filter((key) => !isWordOfHost(key))).toEqual([]);
});

it.each(locales)(
  'of the words in %s those stay that are asked for, and all others go',
  async (locale) => {
    const id = join(root, `native-bridge/wording/generated/words/${locale}.js`);
    for (const keeps of [isWordOfWindow, isWordOfHost]) {
      const { transform } = wordsKept(keeps) as unknown as {
        transform: (code: string, id: string) => Promise<{ code: string }>;
      };
      const { code } = await transform('', id);
      const { default: left } = (await import(
        `data:text/javascript,${encodeURIComponent(code)}`
      )) as {
        default: Readonly<Record<string, string>>;
      };
      const asked = messageKeys().filter(keeps);
      expect(Object.keys(left)).toEqual(asked);
      expect(asked.length).toBeLessThan(messageKeys().length);
      expect(left).toEqual(Object.fromEntries(asked.map((key) => [key, wordsOf(locale)[key]])));
    }
  },
);
