/**
 * Trade knowledge: what response codes and the words that payers read mean, who acts on them and
 * with which papers, and the cards that are left behind. Plain data from rule files
 * (terminals/knowledge/*.yaml, or a shop's own); every entry says where it is known from and which
 * file says so.
 */
import { z } from 'zod';
import { fileIdSchema, sentenceSchema } from './common.ts';
import { actorSchema, symptomSchema } from './diagnosis.ts';
import { inBothSchema, knownSchema, operatingCardSchema, sourceSchema } from './operating-card.ts';

/** Longer texts are not looked at: a screen or a bill says less. */
export const maxKnowledgeText = 2_000;
export const maxPhrases = 500;
export const maxPhrasePatternCharacters = 200;
export const maxPhraseGroups = 32;

export const responseCodeSchema = knownSchema.extend({
  /** ISO 8583 field 39: two characters. */
  code: z.string(),
  words: inBothSchema,
  /** A condition of the diagnosis; null: it points to none. */
  condition: z.string().nullable(),
  who: actorSchema,
});
export type ResponseCode = z.infer<typeof responseCodeSchema>;

export const phraseSchema = knownSchema.extend({
  id: z.string(),
  /** RE2, on the text as `asCompared` gives it. */
  pattern: z.string(),
  examples: z.object({ 'zh-CN': z.array(z.string()), en: z.array(z.string()) }),
  words: inBothSchema,
  condition: z.string().nullable(),
  who: actorSchema,
  symptoms: z.array(symptomSchema),
});
export type Phrase = z.infer<typeof phraseSchema>;

export const actingSchema = knownSchema.extend({
  actor: actorSchema,
  /** Who that is. */
  is: inBothSchema,
  reach: inBothSchema,
  /** Public numbers; a source of null: not confirmed. */
  phones: z.array(
    z.object({ labels: inBothSchema, phone: z.string(), source: sourceSchema.nullable() }),
  ),
  ask: z.array(inBothSchema),
  /** Ids of papers. */
  papers: z.array(z.string()),
});
export type Acting = z.infer<typeof actingSchema>;

export const paperSchema = z.object({ id: z.string(), words: inBothSchema, from: z.string() });
export type Paper = z.infer<typeof paperSchema>;

export const papersForSchema = z.object({
  condition: z.string(),
  papers: z.array(z.string()),
  from: z.string(),
});

export const knowledgeSchema = z.object({
  responseCodes: z.array(responseCodeSchema),
  phrases: z.array(phraseSchema),
  acting: z.array(actingSchema),
  papers: z.array(paperSchema),
  papersFor: z.array(papersForSchema),
  cards: z.array(operatingCardSchema),
});
export type Knowledge = z.infer<typeof knowledgeSchema>;
export type KnowledgePart = keyof Knowledge;

/** An entry of one file in place of another's. */
const overriddenSchema = z.object({
  part: z.enum(['responseCodes', 'phrases', 'acting', 'papers', 'papersFor', 'cards']),
  id: z.string(),
  from: z.string(),
  by: z.string(),
});
export type Overridden = z.infer<typeof overriddenSchema>;

/**
 * A text as patterns see it: compatible forms made one (NFKC), in lower case, without spaces,
 * punctuation, signs and controls. Cut after `maxKnowledgeText` characters.
 */
export function asCompared(text: string): string {
  return (
    text
      .slice(0, maxKnowledgeText)
      .normalize('NFKC')
      .toLowerCase()
      .replaceAll(/[\p{P}\p{S}\p{Z}\p{C}]+/gu, '')
      // Marks that a sign stood between are neighbours now, and have an order of their own.
      .normalize('NFKC')
      .slice(0, maxKnowledgeText)
  );
}

export const meaningSchema = z.object({
  kind: z.enum(['code', 'phrase']),
  /** The code, or the phrase's id. */
  id: z.string(),
  /** How many characters of the text, as compared, it rests on. */
  characters: z.number().int(),
  words: inBothSchema,
  condition: z.string().nullable(),
  who: actorSchema,
  /** Papers that the condition needs. */
  papers: z.array(paperSchema),
  ...knownSchema.shape,
});
export type Meaning = z.infer<typeof meaningSchema>;

/** A rule file besides the shipped ones (the option's); null: none. */
const rulesFileId = fileIdSchema.nullable().default(null);

export const knowledgeRequests = {
  /**
   * All that is known: shipped, the data folder's `rules/*.yaml`, the file given. A broken file of
   * the folder is left out with a warning; the file given must be right. Faults: `rules-invalid`,
   * `file-missing`, `file-unreadable`.
   */
  getKnowledge: {
    params: z.object({ rulesFileId }),
    progress: z.never(),
    result: z.object({
      knowledge: knowledgeSchema,
      /** The shop's own files, in the order in which they count. */
      files: z.array(z.string()),
      overridden: z.array(overriddenSchema),
      warnings: z.array(sentenceSchema),
    }),
  },
  /** What a text on a screen, a bill or a slip means, best first. Faults as `getKnowledge`. */
  explainText: {
    params: z.object({
      text: z.string().min(1).max(maxKnowledgeText),
      /** Only what is read under this symptom; null: under any. */
      symptom: symptomSchema.nullable().default(null),
      rulesFileId,
    }),
    progress: z.never(),
    result: z.object({
      meanings: z.array(meaningSchema),
      /** Of the actors named, in their order. */
      acting: z.array(actingSchema.extend({ papers: z.array(paperSchema) })),
      warnings: z.array(sentenceSchema),
    }),
  },
  /** An operating card as one page in both languages. Faults as `getKnowledge`, and `card-unknown`. */
  makeCard: {
    params: z.object({ card: z.string(), rulesFileId }),
    progress: z.never(),
    result: z.object({ text: z.string(), suggestedName: z.string() }),
  },
};
