/**
 * Which commands a few typed letters mean, best first: the title in either language, its pinyin
 * (`zhenduan`, `zd`) and what stands beside it.
 */
import { computeCommandScore } from 'bits-ui';
import pinyin from 'tiny-pinyin';
import type { Locale } from '../../native-bridge/contract/common.ts';
import type { Command } from './command.ts';

/** Letters that are found here and there in a sentence are no match. */
const least = 0.1;
/** What can be done here and now comes before what merely exists. */
const weights: Readonly<Record<Command['group'], number>> = {
  terminal: 1.05,
  views: 1.1,
  terminals: 1.08,
  places: 1.03,
  window: 1,
  cases: 0.9,
};

const spelled = new Map<string, string>();

/** `zhen duan`: each syllable a word, so that its first letters find it too. */
function spelling(text: string): string {
  const known = spelled.get(text);
  if (known !== undefined) return known;
  const made = pinyin.convertToPinyin(text, ' ', true).replaceAll(/\s+/g, ' ');
  spelled.set(text, made);
  return made;
}

export function ranked(
  commands: readonly Command[],
  typed: string,
  locale: Locale,
  most = 40,
): readonly Command[] {
  const search = typed.trim();
  if (search === '') return commands.filter(({ group }) => group !== 'cases').slice(0, most);
  const scored = commands.map((command) => ({ command, score: score(command, search, locale) }));
  return scored
    .filter((one) => one.score >= least)
    .sort((one, other) => other.score - one.score)
    .slice(0, most)
    .map(({ command }) => command);
}

/** In letters as typed, and spelled out. */
function alsoScore(text: string, search: string): number {
  return Math.max(computeCommandScore(text, search), computeCommandScore(spelling(text), search));
}

function score({ title, detail, also, group }: Command, search: string, locale: Locale): number {
  const other: Locale = locale === 'en' ? 'zh-CN' : 'en';
  const found = Math.max(
    computeCommandScore(title[locale], search),
    0.97 * computeCommandScore(title[other], search),
    0.95 * computeCommandScore(spelling(title['zh-CN']), search),
    also === undefined ? 0 : 0.8 * alsoScore(`${also} ${title['zh-CN']}`, search),
    detail === undefined ? 0 : 0.9 * computeCommandScore(detail, search),
  );
  return found * weights[group];
}
