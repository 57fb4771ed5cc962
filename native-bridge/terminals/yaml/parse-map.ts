/** A file that is a map at its top, as all of ours are. */
import { sentence } from '../../wording/index.ts';
import { parseYaml } from './parse.ts';
import type { Problems } from './problems.ts';
import { describeTree, type MapNode } from './tree.ts';

/** null with a problem where the file is no YAML, or no map at its top. */
export function parseMap(bytes: Uint8Array, file: string, problems: Problems): MapNode | null {
  const tree = parseYaml(bytes, file, problems);
  if (!tree || problems.count > 0) return null;
  if (tree.kind === 'map') return tree;
  problems.add(tree.at, '', sentence('expects_map', {}), describeTree(tree));
  return null;
}
