/** Bridge, shell and host speak both languages at once: a report may be in the other one. */
import type { Locale } from '../contract/common.ts';
import en from './generated/words/en.js';
import zhCN from './generated/words/zh-CN.js';

export type Words = Readonly<Record<string, string>>;

const languages: Readonly<Record<Locale, Words>> = { 'zh-CN': zhCN, en };

/** By key; `null`: of any language, for who asks which keys there are. */
export const wordsOf = (locale: Locale | null): Words => languages[locale ?? 'en'];

/** Both are at hand. */
export const loadWords = (_locale: Locale): Promise<void> => Promise.resolve();
