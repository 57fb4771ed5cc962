/** From a rule file's tree to trade knowledge, or to everything that is wrong with it. Pure. */
import type { Knowledge } from '../../contract/knowledge.ts';
import type { KnowledgeSource } from '../../contract/operating-card.ts';
import { textAt, type Checked } from '../check-tree.ts';
import { Problems } from '../yaml/problems.ts';
import type { MapNode } from '../yaml/tree.ts';
import { rulesFileShape, type RulesFile } from './shape.ts';
import { checkTogether, type KnownBeside } from './together.ts';

/** `from`: what its entries say they are from. */
export type RulesTerms = KnownBeside & { readonly from: string };

export function checkRulesTree(tree: MapNode, { from, ...beside }: RulesTerms): Checked<Knowledge> {
  const problems = new Problems();
  const read = rulesFileShape.read(tree, '', problems);
  if (read) checkTogether(read, tree, beside, problems);
  const value = problems.count > 0 || !read ? null : toKnowledge(read, from);
  return { name: textAt(tree, 'name'), value, problems: problems.list() };
}

function toKnowledge(file: RulesFile, from: string): Knowledge {
  const sourceOf = (id: string | null): KnowledgeSource | null =>
    id === null ? null : (file.sources.get(id) ?? null);
  const known = <E extends { readonly source: string | null }>(entry: E) => {
    return { ...entry, source: sourceOf(entry.source), from };
  };
  return {
    responseCodes: [...file.responseCodes].map(([code, entry]) => ({ ...known(entry), code })),
    phrases: [...file.phrases].map(([id, entry]) => {
      const { 'zh-CN': chinese, en } = entry.examples;
      const examples = { 'zh-CN': [...chinese], en: [...en] };
      const { pattern, symptoms } = entry;
      return { ...known(entry), id, pattern: pattern.source, examples, symptoms: [...symptoms] };
    }),
    acting: [...file.acting].map(([actor, entry]) => ({
      ...known(entry),
      actor,
      phones: entry.phones.map((one) => ({ ...one, source: sourceOf(one.source) })),
      ask: [...entry.ask],
      papers: [...entry.papers],
    })),
    papers: [...file.papers].map(([id, words]) => ({ id, words, from })),
    papersFor: [...file.papersFor].map(([condition, papers]) => {
      return { condition, papers: [...papers], from };
    }),
    cards: [...file.cards].map(([id, entry]) => ({
      ...known(entry),
      id,
      parts: entry.parts.map(({ device, steps }) => ({ device, steps: [...steps] })),
      watch: [...entry.watch],
      conditions: [...entry.conditions],
    })),
  };
}
