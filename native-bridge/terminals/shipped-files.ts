/**
 * The files that are shipped with the program, as trees. From the sources they are read as they are
 * written; in a build `shipped-files.built.ts` stands for this module, so that no start of the program
 * waits for a YAML parser.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { ProfileError } from './profile-error.ts';
import { parseMap } from './yaml/parse-map.ts';
import { Problems } from './yaml/problems.ts';
import type { MapNode } from './yaml/tree.ts';

export interface ShippedFile {
  readonly name: string;
  readonly tree: MapNode;
}

/** A merchant's files are read by who opens them, like anybody's. */
export const isShippedFile = (name: string): boolean =>
  name.endsWith('.yaml') && !name.endsWith('-merchant.yaml');

/** By name. Throws ProfileError `code`: a broken shipped file is a broken installation. */
export function readShipped(
  folder: URL,
  code: 'profile-invalid' | 'rules-invalid',
): readonly ShippedFile[] {
  return readdirSync(folder)
    .filter(isShippedFile)
    .sort()
    .map((name) => {
      const problems = new Problems();
      const bytes = new Uint8Array(readFileSync(new URL(name, folder)));
      const tree = parseMap(bytes, name, problems);
      if (!tree) throw ProfileError.invalid(code, name, problems.list());
      return { name, tree };
    });
}
