/**
 * Sentences: a key and its facts, kept without words until somebody reads them in a language.
 * `sentence` builds one and the compiler checks key and facts; `say` renders any, also one that
 * came over the wire.
 */
import type { Facts, Locale, Sentence } from '../contract/common.ts';
import { message, type MessageKey, type ParameterOf } from './catalogue.ts';
import { cleanText } from './clean-text.ts';
import { formatFact, type Fact } from './format.ts';

/** A value that has words of its own in each language, as a profile's labels. */
export type PerLocale = Readonly<Record<Locale, Fact>>;

export type FactsOf<Key extends MessageKey> = Readonly<Record<ParameterOf<Key>, Fact | PerLocale>>;

/** Words in both languages, for a place in a sentence. */
export function perLocale<Words extends Fact>(
  wordsIn: (locale: Locale) => Words,
): Readonly<Record<Locale, Words>> {
  return { 'zh-CN': wordsIn('zh-CN'), en: wordsIn('en') };
}

const isPerLocale = (value: Fact | PerLocale): value is PerLocale =>
  typeof value === 'object' && !Array.isArray(value);

/** A sentence with checked key and facts. A fact per language is kept as `name.zh-CN` and `name.en`. */
export function sentence<Key extends MessageKey>(key: Key, facts: FactsOf<Key>): Sentence {
  const flat: Facts = {};
  for (const [name, value] of Object.entries<Fact | PerLocale>(facts)) {
    if (isPerLocale(value)) {
      flat[`${name}.zh-CN`] = value['zh-CN'];
      flat[`${name}.en`] = value.en;
    } else flat[name] = value;
  }
  return { key, facts: flat };
}

/** A code that has words of its own for this fact: `doing: 'flash'` reads as fact_doing_flash. */
function inWords(name: string, value: Fact, locale: Locale): Fact {
  if (Array.isArray(value)) return value.map((one) => codeWords(name, one, locale));
  return typeof value === 'string' ? codeWords(name, value, locale) : value;
}

/** What stands in the way has one set of words; where it is allowed by name, the name stays readable. */
const allowed = new Set(['blocker', 'allowed']);

function codeWords(name: string, code: string, locale: Locale): string {
  const isName = allowed.has(name);
  const key = `fact_${isName ? 'blockers' : name}_${code.replaceAll(/[-/]/gu, '_')}`;
  const said = message(key, {}, locale);
  if (said === null || !isName) return said ?? code;
  return message('name_beside', { said, code }, locale) ?? said;
}

/** The places of a message: a fact that is missing reads as "not given", never as `undefined`. */
function places(facts: Facts, locale: Locale): Readonly<Record<string, string>> {
  return new Proxy<Record<string, string>>(
    {},
    {
      get(_target, name) {
        if (typeof name !== 'string') return '';
        const value = facts[`${name}.${locale}`] ?? facts[name];
        if (value === undefined) return message('value_unnamed', {}, locale);
        return formatFact(name, inWords(name, value, locale), locale);
      },
    },
  );
}

/** The sentence in words. A key without a message shows itself and its facts: `[no_such_key] port=COM7`. */
export function say(said: Sentence, locale: Locale): string {
  const words = message(said.key, places(said.facts, locale), locale);
  if (words !== null) return words;
  const facts = Object.entries(said.facts).map(([n, v]) => `${n}=${formatFact(n, v, locale)}`);
  return [`[${cleanText(said.key, 80)}]`, ...facts].join(' ');
}

/** A message by its key, in words: what `say` is for keys known when writing the program. */
export function words<Key extends MessageKey>(
  key: Key,
  facts: FactsOf<Key>,
  locale: Locale,
): string {
  return say(sentence(key, facts), locale);
}
