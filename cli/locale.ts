/** Which language: `--lang`, else the environment's, else the system's. */
import type { Locale } from '../native-bridge/contract/common.ts';

/** POSIX: LC_ALL over LC_MESSAGES over LANG; the first that is set decides. */
export function localeOfEnvironment(
  environment: Readonly<Record<string, string | undefined>>,
  system: () => string,
): Locale {
  const { LC_ALL, LC_MESSAGES, LANG } = environment;
  const set = [LC_ALL, LC_MESSAGES, LANG].find((value) => value !== undefined && value !== '');
  return (set ?? system()).toLowerCase().startsWith('zh') ? 'zh-CN' : 'en';
}

/** As people write them: `zh`, `zh-cn`, `zh_CN`, `en-GB`. null: neither language. */
export function localeNamed(word: string): Locale | null {
  const [language] = word.toLowerCase().split(/[-_]/u);
  return language === 'zh' ? 'zh-CN' : language === 'en' ? 'en' : null;
}

/** Looked for before the arguments are parsed: help and errors speak it too. */
export function localeOfArguments(argv: readonly string[]): Locale | null {
  const end = argv.indexOf('--');
  const own = end === -1 ? argv : argv.slice(0, end);
  const at = own.findLastIndex((word) => word === '--lang' || word.startsWith('--lang='));
  if (at === -1) return null;
  const word = own[at] ?? '';
  const value = word === '--lang' ? own[at + 1] : word.slice('--lang='.length);
  return value === undefined ? null : localeNamed(value);
}

export function chooseLocale(argv: readonly string[]): Locale {
  const system = () => Intl.DateTimeFormat().resolvedOptions().locale;
  return localeOfArguments(argv) ?? localeOfEnvironment(process.env, system);
}
