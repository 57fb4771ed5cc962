/** The rule file as a whole: one definition for checking it and for the editors' schema. */
import { actorSchema } from '../../contract/diagnosis.ts';
import { maxPhrases } from '../../contract/knowledge.ts';
import { profileName } from '../profile-file/basics.ts';
import { object, optional, record } from '../shapes/collections.ts';
import { choice } from '../shapes/scalars.ts';
import { described, type Shape } from '../shapes/shape.ts';
import {
  actingShape,
  actorId,
  cardShape,
  codeId,
  codeShape,
  entryId,
  inBoth,
  papersForShape,
  phraseShape,
  sourceShape,
} from './entries.ts';

export const rulesFileShape = object({
  format: described('Version of this file format', choice(['1'])),
  name: profileName,
  sources: optional(record(entryId, sourceShape, 64), new Map()),
  responseCodes: optional(
    described('By ISO 8583 field 39, in quotes', record(codeId, codeShape, 256)),
    new Map(),
  ),
  phrases: optional(
    described(
      'What payers, merchants and back offices read',
      record(entryId, phraseShape, maxPhrases),
    ),
    new Map(),
  ),
  acting: optional(
    described('Who acts', record(actorId, actingShape, actorSchema.options.length)),
    new Map(),
  ),
  papers: optional(record(entryId, inBoth, 64), new Map()),
  papersFor: optional(
    described('Papers by condition', record(entryId, papersForShape, 128)),
    new Map(),
  ),
  cards: optional(described('Operating cards', record(entryId, cardShape, 32)), new Map()),
});

type ValueOf<S> = S extends Shape<infer T> ? T : never;
export type RulesFile = ValueOf<typeof rulesFileShape>;
