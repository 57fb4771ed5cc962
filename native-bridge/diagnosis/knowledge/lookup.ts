/** Looking things up in the trade knowledge: codes, actors, papers, and what a text means. */
import type { Actor, Symptom } from '../../contract/diagnosis.ts';
import {
  maxKnowledgeText,
  type Acting,
  type Knowledge,
  type Meaning,
  type Paper,
  type ResponseCode,
} from '../../contract/knowledge.ts';
import { findPhrases } from './find-phrases.ts';

/** null: no such code is known. Spaces around it and small letters don't matter. */
export function responseCode(
  code: string,
  { responseCodes }: Pick<Knowledge, 'responseCodes'>,
): ResponseCode | null {
  const written = code.trim().toUpperCase();
  return responseCodes.find((one) => one.code === written) ?? null;
}

/** As slips and screens give it: alone or before a sentence (not before a unit or a decimal), or after a word for it. */
const places = [
  /^\s*[[(]?([0-9A-Z]{2})[\])]?(?=\s*$|\s*[-:,、.]\s*[^\s\d]|\s*(?![元号月日年分秒点个笔张])\p{Script=Han}|\s+[A-Za-z])/u,
  /(?:应答码|返回码|响应码|错误码|代码|\bcode)[^0-9A-Z]{0,4}([0-9A-Z]{2})(?![0-9A-Z])/iu,
];

/** The response code that a text names; null: none that is known. */
export function codeIn(text: string, knowledge: Pick<Knowledge, 'responseCodes'>) {
  const start = text.slice(0, maxKnowledgeText).normalize('NFKC');
  for (const place of places) {
    const found = place.exec(start)?.[1];
    const known = found === undefined ? null : responseCode(found, knowledge);
    if (known !== null) return known;
  }
  return null;
}

/** Who an actor is, how to reach them, what to ask; null: nothing is known of them. */
export function actorCard(actor: Actor, { acting }: Pick<Knowledge, 'acting'>): Acting | null {
  return acting.find((one) => one.actor === actor) ?? null;
}

export function papersOf(ids: readonly string[], { papers }: Pick<Knowledge, 'papers'>): Paper[] {
  return ids.flatMap((id) => papers.find((paper) => paper.id === id) ?? []);
}

/** The papers that whoever acts on a condition will ask for. */
export function papersForCondition(condition: string | null, knowledge: Knowledge): Paper[] {
  const needed = knowledge.papersFor.find((one) => one.condition === condition);
  return needed ? papersOf(needed.papers, knowledge) : [];
}

/** What a text on a screen, a bill or a slip means: a code goes before phrases, long ones before short. */
export function meaningsOf(text: string, knowledge: Knowledge, symptom: Symptom | null): Meaning[] {
  const code = codeIn(text, knowledge);
  const phrases = findPhrases(text, knowledge, symptom).map(({ phrase, characters }) => {
    const { id, words, condition, who, mark, source, from } = phrase;
    return { kind: 'phrase' as const, id, characters, words, condition, who, mark, source, from };
  });
  const codes = code === null ? [] : [{ ...code, kind: 'code' as const, id: code.code }];
  return [
    ...codes.map(({ code: found, ...rest }) => ({ ...rest, characters: found.length })),
    ...phrases,
  ].map((one) => ({ ...one, papers: papersForCondition(one.condition, knowledge) }));
}
