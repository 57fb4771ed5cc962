/** What must hold between the entries of a rule file, and between it and what is known beside it. */
import type { Sentence } from '../../contract/common.ts';
import { asCompared } from '../../contract/knowledge.ts';
import { sentence } from '../../wording/index.ts';
import { nearest } from '../nearest.ts';
import { nothing, type Problems } from '../yaml/problems.ts';
import { describeTree, join, type Tree } from '../yaml/tree.ts';
import type { PhraseEntry } from './entries.ts';
import type { RulesFile } from './shape.ts';

/** What a file may name without saying it itself. */
export interface KnownBeside {
  /** null: any condition may be named. */
  readonly conditions: readonly string[] | null;
  readonly papers: readonly string[];
}

export function checkTogether(
  file: RulesFile,
  tree: Tree,
  beside: KnownBeside,
  problems: Problems,
): void {
  const check = new Together(file, tree, beside, problems);
  for (const [id, { source, mark, condition }] of file.responseCodes) {
    check.known(['responseCodes', id], mark, source);
    check.condition(['responseCodes', id, 'condition'], condition);
  }
  for (const [id, phrase] of file.phrases) {
    check.known(['phrases', id], phrase.mark, phrase.source);
    check.condition(['phrases', id, 'condition'], phrase.condition);
    check.examples(['phrases', id, 'examples'], phrase);
  }
  for (const [actor, { mark, source, papers, phones }] of file.acting) {
    check.known(['acting', actor], mark, source);
    check.papers(['acting', actor, 'papers'], papers);
    for (const [i, one] of phones.entries()) {
      check.source(['acting', actor, 'phones', String(i), 'source'], one.source);
    }
  }
  for (const [condition, papers] of file.papersFor) {
    check.condition(['papersFor', condition], condition);
    check.papers(['papersFor', condition], papers);
  }
  for (const [id, { mark, source, conditions }] of file.cards) {
    check.known(['cards', id], mark, source);
    for (const [i, condition] of conditions.entries()) {
      check.condition(['cards', id, 'conditions', String(i)], condition);
    }
  }
}

class Together {
  readonly #tree: Tree;
  readonly #problems: Problems;
  readonly #sources: readonly string[];
  readonly #papers: readonly string[];
  readonly #conditions: readonly string[] | null;

  constructor(file: RulesFile, tree: Tree, beside: KnownBeside, problems: Problems) {
    this.#tree = tree;
    this.#problems = problems;
    this.#sources = [...file.sources.keys()];
    this.#papers = [...file.papers.keys(), ...beside.papers];
    this.#conditions = beside.conditions;
  }

  known(keys: readonly string[], mark: 'S' | 'T', source: string | null): void {
    if (mark === 'S' && source === null) this.#add(keys, sentence('expects_source', {}), nothing);
    this.source([...keys, 'source'], source);
  }

  source(keys: readonly string[], source: string | null): void {
    if (source === null || this.#sources.includes(source)) return;
    this.#add(keys, oneOf(source, this.#sources, sentence('expects_known_source', {})));
  }

  condition(keys: readonly string[], condition: string | null): void {
    if (condition === null || this.#conditions === null) return;
    if (this.#conditions.includes(condition)) return;
    this.#add(
      keys,
      oneOf(condition, this.#conditions, sentence('expects_condition', {})),
      condition,
    );
  }

  papers(keys: readonly string[], papers: readonly string[]): void {
    for (const [i, paper] of papers.entries()) {
      if (this.#papers.includes(paper)) continue;
      const expected = oneOf(paper, this.#papers, sentence('expects_paper', {}));
      this.#add([...keys, String(i)], expected);
    }
  }

  /** An example that its own pattern misses shows that one of them is wrong. */
  examples(keys: readonly string[], { examples, pattern }: PhraseEntry): void {
    const all = [...examples['zh-CN'], ...examples.en];
    if (all.length === 0) this.#add(keys, sentence('expects_example', {}));
    for (const locale of ['zh-CN', 'en'] as const) {
      for (const [i, example] of examples[locale].entries()) {
        const compared = asCompared(example);
        if (pattern.occursIn(compared)) continue;
        this.#add([...keys, locale, String(i)], sentence('expects_match', { compared }));
      }
    }
  }

  /** `found`: what stands there, where nothing else is said. */
  #add(keys: readonly string[], expected: Sentence, found?: string): void {
    const node = nodeAt(this.#tree, keys);
    const path = keys.reduce(join, '');
    this.#problems.add(node.at, path, expected, found ?? describeTree(node));
  }
}

function oneOf(written: string, known: readonly string[], otherwise: Sentence): Sentence {
  const suggestion = nearest(written, known);
  return suggestion === null ? otherwise : sentence('expects_suggestion', { suggestion });
}

/** The node under these keys, or the last one on the way to it that is there. */
function nodeAt(tree: Tree, keys: readonly string[]): Tree {
  let node = tree;
  for (const key of keys) {
    const next =
      node.kind === 'map'
        ? node.entries.get(key)?.value
        : node.kind === 'list'
          ? node.items[Number(key)]
          : undefined;
    if (next === undefined) return node;
    node = next;
  }
  return node;
}
