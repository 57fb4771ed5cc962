/** The window loads the language that it shows, and the other one when it is asked for. */
import type { Locale } from '../contract/common.ts';
import type { Words } from './languages.ts';

const files: Readonly<Record<Locale, () => Promise<{ readonly default: Words }>>> = {
  'zh-CN': () => import('./generated/words/zh-CN.js'),
  en: () => import('./generated/words/en.js'),
};
const loaded = new Map<Locale, Words>();

/** By key; `null`: of any language that is at hand. Throws where it was not loaded before. */
export function wordsOf(locale: Locale | null): Words {
  const words = locale === null ? loaded.values().next().value : loaded.get(locale);
  if (words === undefined) throw new Error(`the words of ${locale ?? 'a language'} are not loaded`);
  return words;
}

/** From then on `locale` may be spoken. Rejects where its file can't be loaded. */
export async function loadWords(locale: Locale): Promise<void> {
  if (!loaded.has(locale)) loaded.set(locale, (await files[locale]()).default);
}
