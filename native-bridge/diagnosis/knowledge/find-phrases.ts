/**
 * Which known phrases a text holds. A phrase's pattern is compiled once, to RE2: time grows with
 * text times pattern, and both are bounded (contract/knowledge.ts).
 */
import type { Symptom } from '../../contract/diagnosis.ts';
import {
  asCompared,
  maxPhraseGroups,
  maxPhrases,
  type Knowledge,
  type Phrase,
} from '../../contract/knowledge.ts';
import { LinearPattern } from '../../terminals/linear-pattern.ts';

export interface PhraseMatch {
  readonly phrase: Phrase;
  /** How many characters of the text, as compared, the pattern took. */
  readonly characters: number;
}

const compiled = new WeakMap<Phrase, LinearPattern | null>();

/**
 * Longest match first: the more of the text a phrase takes, the more it says of it. Of equals the
 * one read under fewer symptoms goes first. `symptom` null: any.
 */
export function findPhrases(
  text: string,
  { phrases }: Pick<Knowledge, 'phrases'>,
  symptom: Symptom | null,
): PhraseMatch[] {
  const compared = asCompared(text);
  return phrases
    .slice(0, maxPhrases)
    .filter(({ symptoms }) => symptom === null || symptoms.includes(symptom))
    .flatMap((phrase) => {
      const characters = patternOf(phrase)?.matchLength(compared) ?? 0;
      return characters === 0 ? [] : [{ phrase, characters }];
    })
    .toSorted(
      (a, b) => b.characters - a.characters || a.phrase.symptoms.length - b.phrase.symptoms.length,
    );
}

/** null for one that is no pattern: rule files with such are refused, data from elsewhere may hold it. */
function patternOf(phrase: Phrase): LinearPattern | null {
  const known = compiled.get(phrase);
  if (known !== undefined) return known;
  const made = LinearPattern.compile(phrase.pattern, { maxGroups: maxPhraseGroups });
  const pattern = made instanceof LinearPattern ? made : null;
  compiled.set(phrase, pattern);
  return pattern;
}
