/** The shapes of a rule file's entries. Ids are keys, so that none can stand there twice. */
import { actorSchema, symptomSchema } from '../../contract/diagnosis.ts';
import { deviceKinds, ways } from '../../contract/operating-card.ts';
import { maxPhraseGroups, maxPhrasePatternCharacters } from '../../contract/knowledge.ts';
import { sentence } from '../../wording/index.ts';
import { LinearPattern } from '../linear-pattern.ts';
import { httpsUrl, labels, phone } from '../profile-file/basics.ts';
import { list, maybe, object, optional, type Values } from '../shapes/collections.ts';
import { choice, formed, scalar, text } from '../shapes/scalars.ts';
import { described, type Shape } from '../shapes/shape.ts';

export const entryId = formed(/^[a-z0-9][a-z0-9-]{0,63}$/, sentence('expects_name', {}));
export const codeId = formed(/^[0-9A-Z]{2}$/, sentence('expects_response_code', {}));

const longText = text({ maxBytes: 900 });
export const inBoth = object({ 'zh-CN': longText, en: longText });

const readText = text({ maxBytes: 600 });
const examples = object({
  'zh-CN': optional(list(readText, 16), []),
  en: optional(list(readText, 16), []),
});

const mark = optional(
  described('S: a published source says so; T: trade knowledge', choice(['S', 'T'])),
  'T',
);
const source = maybe(described('An id of `sources`; S needs one', entryId));
const condition = maybe(described('A condition of the diagnosis', entryId));
const who = choice(actorSchema.options);

/** A pattern that takes nothing of a text would be found in every one. */
const phrasePattern: Shape<LinearPattern> = scalar(
  { type: 'string', maxLength: maxPhrasePatternCharacters },
  (found) => sentence('expects_pattern', { detail: compilePhrase(found).problem }),
  (found) => compilePhrase(found).pattern,
);

function compilePhrase(written: string): { pattern?: LinearPattern; problem: string } {
  if (written === '' || written.length > maxPhrasePatternCharacters) {
    return { problem: `1 to ${maxPhrasePatternCharacters} characters` };
  }
  const compiled = LinearPattern.compile(written, { maxGroups: maxPhraseGroups });
  if (!(compiled instanceof LinearPattern)) return { problem: compiled.problem };
  if (compiled.occursIn('')) return { problem: 'must not match the empty text' };
  return { pattern: compiled, problem: '' };
}

export const sourceShape = object({ title: text({ maxBytes: 300 }), url: maybe(httpsUrl) });

export const codeShape = object({ words: inBoth, condition, who, mark, source });

const phraseFields = {
  pattern: described(
    'RE2, on the text in lower case without spaces and punctuation',
    phrasePattern,
  ),
  examples: described('What is read, as it stands there; the pattern takes each', examples),
  words: described('What it means', inBoth),
  condition,
  who,
  symptoms: list(choice(symptomSchema.options), symptomSchema.options.length, 1),
  mark,
  source,
};
export type PhraseEntry = Values<typeof phraseFields>;
export const phraseShape: Shape<PhraseEntry> = object(phraseFields);

export const actingShape = object({
  is: described('Who that is', inBoth),
  reach: described('How they are reached', inBoth),
  phones: optional(list(object({ labels, phone, source }), 8), []),
  ask: described('What to ask', list(inBoth, 12)),
  papers: optional(described('Papers to have ready', list(entryId, 24)), []),
  mark,
  source,
});

export const papersForShape = list(entryId, 24, 1);

export const cardShape = object({
  title: inBoth,
  when: described('When it is used', inBoth),
  parts: list(object({ device: choice(deviceKinds), steps: list(inBoth, 12, 1) }), 5, 1),
  watch: optional(described('What goes wrong easily', list(inBoth, 8)), []),
  conditions: optional(described('Causes that it helps with', list(entryId, 32)), []),
  way: maybe(described('Who scans whom; nothing: either way', choice(ways))),
  mark,
  source,
});

export const actorId = choice(actorSchema.options);
