/**
 * The trade knowledge of this computer: what is shipped, then the shop's own files in the data
 * folder (`rules/*.yaml`, by name), then the file of this run. A file of the folder that can't be
 * used is left out and said: it never stops a diagnosis. The file of this run was asked for, so it
 * must be right.
 */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Sentence } from '../../contract/common.ts';
import type { Knowledge, Overridden } from '../../contract/knowledge.ts';
import type { ProfileProblem } from '../../contract/profile.ts';
import { knownConditions } from '../../diagnosis/knowledge/index.ts';
import { mergeKnowledge, readKnowledgeFile, shippedKnowledge } from '../../terminals/knowledge.ts';
import { ProfileError } from '../../terminals/profile-error.ts';
import { expectationFacts } from '../../terminals/setting-value.ts';
import { sentence } from '../../wording/index.ts';
import type { Context } from '../context.ts';

/** Read at every diagnosis: a folder of more is no folder of rule files. */
const maxFiles = 32;

export interface Loaded {
  readonly knowledge: Knowledge;
  /** The shop's own files that count, in their order. */
  readonly files: string[];
  readonly overridden: Overridden[];
  readonly warnings: Sentence[];
}

/** Throws ProfileError `rules-invalid`, `file-missing`, `file-unreadable` for the file of this run. */
export async function loadKnowledge(context: Context, rulesFileId: string | null): Promise<Loaded> {
  let loaded: Loaded = { knowledge: shippedKnowledge(), files: [], overridden: [], warnings: [] };
  const folder = join(context.options.dataFolder, 'rules');
  const names = await ruleFiles(folder);
  for (const name of names.slice(0, maxFiles)) {
    loaded = await withFolderFile(loaded, join(folder, name), name);
  }
  if (names.length > maxFiles) {
    const tooMany = sentence('rules_too_many', { count: names.length, max: maxFiles });
    loaded = { ...loaded, warnings: [...loaded.warnings, tooMany] };
  }
  if (rulesFileId === null) return loaded;
  return await withAskedFile(
    loaded,
    context.files.path(rulesFileId),
    context.files.name(rulesFileId),
  );
}

/** Empty where there is no such folder. */
async function ruleFiles(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => []);
  return names.filter((name) => /\.ya?ml$/iu.test(name)).sort();
}

async function withFolderFile(loaded: Loaded, path: string, name: string): Promise<Loaded> {
  const warned = (warning: Sentence) => ({ ...loaded, warnings: [...loaded.warnings, warning] });
  try {
    const { value, problems } = await readKnowledgeFile(path, knownConditions);
    return value === null ? warned(problemOf(name, problems)) : over(loaded, name, value);
  } catch (error) {
    if (!(error instanceof ProfileError)) throw error;
    return warned(sentence('rules_file_unreadable', { file: name }));
  }
}

function problemOf(file: string, problems: readonly ProfileProblem[]): Sentence {
  const [first] = problems;
  if (!first) return sentence('rules_file_unreadable', { file });
  const { line, found, expectation } = first;
  const { 'expected.en': en, 'expected.zh-CN': chinese } = expectationFacts(expectation);
  const expected = { en: String(en), 'zh-CN': String(chinese) };
  return sentence('rules_file_left_out', { file, line, expected, found });
}

async function withAskedFile(loaded: Loaded, path: string, name: string): Promise<Loaded> {
  const { value, problems } = await readKnowledgeFile(path, knownConditions);
  if (value === null) throw ProfileError.invalid('rules-invalid', name, problems);
  return over(loaded, name, value);
}

function over(loaded: Loaded, name: string, own: Knowledge): Loaded {
  const { knowledge, overridden } = mergeKnowledge(loaded.knowledge, own);
  return {
    knowledge,
    files: [...loaded.files, name],
    overridden: [...loaded.overridden, ...overridden],
    warnings: loaded.warnings,
  };
}
