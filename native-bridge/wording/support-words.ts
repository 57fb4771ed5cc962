/** Whom to turn to about the cause, in one language. It comes from rule files, so it is cleaned. */
import type { Locale } from '../contract/common.ts';
import type { Actor, Support } from '../contract/diagnosis.ts';
import type { InBoth, OperatingCard } from '../contract/operating-card.ts';
import { cleanText } from './clean-text.ts';
import { actorWord, deviceLabel } from './labels.ts';
import { words } from './say.ts';

/** Who stands beside the terminal needs no telephone and is no stranger to ask. */
const inside: readonly Actor[] = ['technician', 'merchant', 'payer'];
const longest = 300;

interface SupportWords {
  readonly actor: string;
  /** null: they are in the shop. */
  readonly reach: string | null;
  /** Each with its number; `confirmed` false: no source could be named. */
  readonly phones: readonly { label: string; phone: string; confirmed: boolean }[];
  readonly ask: readonly string[];
  readonly papers: readonly string[];
}

export function supportWords(
  { who, reach, phones, ask, papers }: Support,
  locale: Locale,
): SupportWords {
  const isHere = inside.includes(who);
  const all = (texts: readonly InBoth[]) => texts.map((text) => one(text, locale));
  return {
    actor: actorWord(who, locale),
    reach: isHere ? null : one(reach, locale),
    phones: phones.map(({ labels, phone, confirmed }) => {
      return { label: one(labels, locale), phone: cleanText(phone, 40), confirmed };
    }),
    ask: isHere ? [] : all(ask),
    papers: all(papers),
  };
}

/** A public number as one piece of text; one that nobody could confirm says so. */
export function phoneWords(
  { label, phone, confirmed }: SupportWords['phones'][number],
  locale: Locale,
): string {
  const number = `${label} ${phone}`;
  return confirmed ? number : words('support_unconfirmed', { number }, locale);
}

export interface CardWords {
  readonly id: string;
  readonly title: string;
  readonly when: string;
  readonly parts: readonly { device: string; steps: readonly string[] }[];
  readonly watch: readonly string[];
}

export function cardWords(card: OperatingCard, locale: Locale): CardWords {
  return {
    id: card.id,
    title: one(card.title, locale),
    when: one(card.when, locale),
    parts: card.parts.map(({ device, steps }) => {
      return {
        device: deviceLabel(device)[locale],
        steps: steps.map((step) => one(step, locale)),
      };
    }),
    watch: card.watch.map((text) => one(text, locale)),
  };
}

const one = (text: InBoth, locale: Locale): string => cleanText(text[locale], longest);
