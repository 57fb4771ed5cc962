/**
 * From a profile file's bytes to a Profile, or to everything that is wrong with it. Pure: files
 * are read elsewhere.
 */
import { checkTree, type Checked, type CheckTerms } from './check-tree.ts';
import type { Profile } from './profile.ts';
import { parseMap } from './yaml/parse-map.ts';
import { Problems } from './yaml/problems.ts';

/**
 * `file`: its name for the problems. `shipped`: false for a file of the technician's, whose keys
 * count only once their fingerprint was accepted.
 */
export function checkProfile(bytes: Uint8Array, file: string, terms: CheckTerms): Checked<Profile> {
  const problems = new Problems();
  const tree = parseMap(bytes, file, problems);
  return tree ? checkTree(tree, terms) : { name: null, value: null, problems: problems.list() };
}
