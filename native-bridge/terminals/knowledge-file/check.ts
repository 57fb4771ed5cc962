/** From a rule file's bytes to trade knowledge, or to everything that is wrong with it. Pure. */
import type { Knowledge } from '../../contract/knowledge.ts';
import type { KnowledgeSource } from '../../contract/operating-card.ts';
import { parseMap, textAt, type Checked } from '../check-profile.ts';
import { Problems } from '../yaml/problems.ts';
import { rulesFileShape, type RulesFile } from './shape.ts';
import { checkTogether, type KnownBeside } from './together.ts';

/** `file`: its name for the problems; `from`: what its entries say they are from. */
export function checkRules(
  bytes: Uint8Array,
  file: string,
  { from, ...beside }: KnownBeside & { readonly from: string },
): Checked<Knowledge> {
  const problems = new Problems();
  const tree = parseMap(bytes, file, problems);
  const read = tree ? rulesFileShape.read(tree, '', problems) : undefined;
  if (tree && read) checkTogether(read, tree, beside, problems);
  const name = tree && textAt(tree, 'name');
  const value = problems.count > 0 || !read ? null : toKnowledge(read, from);
  return { name, value, problems: problems.list() };
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
