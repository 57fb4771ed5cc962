/** The words as the programs load them, and the window's way of loading one language at a time. */
import { expect, it, vi } from 'vitest';
import { message, messageKeys } from '../../native-bridge/wording/catalogue.ts';
import * as en from '../../native-bridge/wording/generated/messages/en.js';
import * as zhCN from '../../native-bridge/wording/generated/messages/zh-CN.js';
import type { Locale } from '../../native-bridge/contract/common.ts';

type Compiled = Readonly<Record<string, (places: Readonly<Record<string, string>>) => string>>;
const compiled = { en, 'zh-CN': zhCN } as unknown as Readonly<Record<Locale, Compiled>>;

it.each(['en', 'zh-CN'] as const)(
  'every text in %s says what its compiled message says',
  (locale) => {
    const places = new Proxy<Record<string, string>>(
      {},
      { get: (_, name) => `«${String(name)} $& {x}»` },
    );
    expect(messageKeys().length).toBeGreaterThan(4000);
    expect(messageKeys().sort()).toEqual(Object.keys(compiled[locale]).sort());
    for (const key of messageKeys()) {
      expect({ key, text: message(key, places, locale) }).toEqual({
        key,
        text: compiled[locale][key]?.(places),
      });
    }
  },
);

it('the window speaks a language once it was loaded, and says so where it was not', async () => {
  vi.resetModules();
  const { loadWords, wordsOf } = await import('../../native-bridge/wording/languages-on-demand.ts');
  expect(() => wordsOf(null)).toThrow('not loaded');
  await loadWords('zh-CN');
  expect(wordsOf('zh-CN')).toEqual(wordsOf(null));
  expect(() => wordsOf('en')).toThrow('the words of en are not loaded');
  await loadWords('en');
  expect(wordsOf('en')['product_name']).toBe('POS Bench');
});
