/**
 * The trade knowledge: what is shipped with the program (`knowledge/*.yaml` beside this module; a
 * bundle has its copy beside the bundle), and a shop's own files over it.
 */
import { basename } from 'node:path';
import type { Knowledge, KnowledgePart, Overridden } from '../contract/knowledge.ts';
import type { Checked } from './check-tree.ts';
import { checkRulesTree } from './knowledge-file/check-tree.ts';
import { ProfileError } from './profile-error.ts';
import { readProfileFile } from './read-file.ts';
import { readShipped, type ShippedFile } from './shipped-files.ts';

const folder = new URL('./knowledge/', import.meta.url);
let shipped: Knowledge | null = null;

const none: Knowledge = {
  responseCodes: [],
  phrases: [],
  acting: [],
  papers: [],
  papersFor: [],
  cards: [],
};

/** Throws ProfileError `rules-invalid`: a broken shipped file is a broken installation. */
export function shippedKnowledge(): Knowledge {
  shipped ??= readShipped(folder, 'rules-invalid').reduce(
    (known, file) => mergeKnowledge(known, shippedFile(file)).knowledge,
    none,
  );
  return shipped;
}

function shippedFile({ name, tree }: ShippedFile): Knowledge {
  // Which conditions there are is the diagnosis's to say: a test holds the shipped files to it.
  const { value, problems } = checkRulesTree(tree, {
    conditions: null,
    papers: [],
    from: 'shipped',
  });
  if (value === null) throw ProfileError.invalid('rules-invalid', name, problems);
  return value;
}

/**
 * A rule file of one's own. `conditions`: those that it may name; null: any. Throws ProfileError
 * `file-missing`, `file-unreadable`; everything else is among the problems.
 */
export async function readKnowledgeFile(
  path: string,
  conditions: readonly string[] | null,
): Promise<Checked<Knowledge>> {
  const from = basename(path);
  const papers = shippedKnowledge().papers.map(({ id }) => id);
  const bytes = await readProfileFile(path);
  const { checkRules } = await import('./knowledge-file/check.ts');
  return checkRules(bytes, from, { conditions, papers, from });
}

/** What an entry is known by; of two that are known by the same the later file's counts. */
const keys: { readonly [P in KnowledgePart]: (entry: Knowledge[P][number]) => string } = {
  responseCodes: ({ code }) => code,
  phrases: ({ id }) => id,
  acting: ({ actor }) => actor,
  papers: ({ id }) => id,
  papersFor: ({ condition }) => condition,
  cards: ({ id }) => id,
};

/** `own` over `base`: it adds, and replaces whole what has the same id, in its place. */
export function mergeKnowledge(
  base: Knowledge,
  own: Knowledge,
): { readonly knowledge: Knowledge; readonly overridden: Overridden[] } {
  const overridden: Overridden[] = [];
  const merged = <P extends KnowledgePart>(part: P): Knowledge[P] =>
    mergePart(part, base[part], own[part], overridden) as Knowledge[P];
  const knowledge = {
    responseCodes: merged('responseCodes'),
    phrases: merged('phrases'),
    acting: merged('acting'),
    papers: merged('papers'),
    papersFor: merged('papersFor'),
    cards: merged('cards'),
  };
  return { knowledge, overridden };
}

function mergePart<P extends KnowledgePart>(
  part: P,
  base: readonly Knowledge[P][number][],
  own: readonly Knowledge[P][number][],
  overridden: Overridden[],
): Knowledge[P][number][] {
  const merged = new Map(base.map((entry) => [keys[part](entry), entry]));
  for (const entry of own) {
    const id = keys[part](entry);
    const before = merged.get(id);
    if (before) overridden.push({ part, id, from: before.from, by: entry.from });
    merged.set(id, entry);
  }
  return [...merged.values()];
}
