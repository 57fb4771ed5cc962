/** From a rule file's bytes to trade knowledge, or to everything that is wrong with it. Pure. */
import type { Knowledge } from '../../contract/knowledge.ts';
import type { Checked } from '../check-tree.ts';
import { parseMap } from '../yaml/parse-map.ts';
import { Problems } from '../yaml/problems.ts';
import { checkRulesTree, type RulesTerms } from './check-tree.ts';

/** `file`: its name for the problems. */
export function checkRules(bytes: Uint8Array, file: string, terms: RulesTerms): Checked<Knowledge> {
  const problems = new Problems();
  const tree = parseMap(bytes, file, problems);
  return tree
    ? checkRulesTree(tree, terms)
    : { name: null, value: null, problems: problems.list() };
}
