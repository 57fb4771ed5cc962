/** What `shipped-files.ts` reads, as the build has read it (build/parsed-files.ts). */
import { readFileSync } from 'node:fs';
import type { ShippedFile } from './shipped-files.ts';
import { parsedFiles, unpackFiles } from './yaml/packed-tree.ts';

export function readShipped(folder: URL): readonly ShippedFile[] {
  return unpackFiles(readFileSync(new URL(parsedFiles, folder), 'utf8'));
}
