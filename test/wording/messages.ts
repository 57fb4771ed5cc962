/** Reads the message files as they are written, for tests that look at every one of them. */
import { readdirSync, readFileSync } from 'node:fs';
import type { Locale } from '../../native-bridge/contract/common.ts';

const folder = new URL('../../native-bridge/wording/messages/', import.meta.url);
export const locales: readonly Locale[] = ['zh-CN', 'en'];
export const areas = [
  ...new Set(readdirSync(folder).map((name) => name.replace(/\.(zh-CN|en)\.json$/u, ''))),
];

export function messagesOf(area: string, locale: Locale): Readonly<Record<string, string>> {
  return JSON.parse(readFileSync(new URL(`${area}.${locale}.json`, folder), 'utf8')) as Record<
    string,
    string
  >;
}

/** What checks say, wherever it stands: `checks` and `checks-<group>`. */
export const checkMessages = (locale: Locale): Readonly<Record<string, string>> =>
  Object.assign(
    {},
    ...areas.filter((area) => /^checks(?:-|$)/u.test(area)).map((area) => messagesOf(area, locale)),
  ) as Record<string, string>;

/** Every message of a language, all areas. */
export const allMessages = (locale: Locale): [key: string, text: string][] =>
  areas.flatMap((area) => Object.entries(messagesOf(area, locale)));

export const parametersOf = (text: string): string[] =>
  [...text.matchAll(/\{([^}]*)\}/gu)].map((m) => m[1] ?? '').sort();
