/** Under the cause: who is turned to about it, and the cards that are left behind. */
import type { Locale } from '../../native-bridge/contract/common.ts';
import type { Diagnosis, Support } from '../../native-bridge/contract/diagnosis.ts';
import { cardWords, phoneWords, supportWords, words } from '../../native-bridge/wording/index.ts';

/** Whom to call about it, what to ask, what to have ready. */
export function supportLines(support: Support, locale: Locale): string[] {
  const { actor, reach, phones, ask, papers } = supportWords(support, locale);
  const joined = (texts: readonly string[]): string => texts.join(locale === 'zh-CN' ? '；' : '; ');
  const numbers = phones.map((phone) => phoneWords(phone, locale));
  const how = [reach ?? '', ...numbers].join(' · ');
  const have = words('cli_support_papers', { papers: joined(papers) }, locale);
  return [
    ...(reach === null ? [] : [words('cli_support_reach', { actor, how }, locale)]),
    ...(ask.length === 0 ? [] : [words('cli_support_ask', { ask: joined(ask) }, locale)]),
    ...(papers.length === 0 ? [] : [have]),
  ];
}

/** Operating cards that help with it, and how each is printed. */
export const cardLines = ({ cards }: Diagnosis, locale: Locale): string[] =>
  cards.map((card) => {
    const { id, title } = cardWords(card, locale);
    return words('cli_support_card', { id, title }, locale);
  });
