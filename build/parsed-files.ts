/**
 * Shipped profiles and knowledge are written in YAML for people; the programs get them parsed, because
 * parsing was a fifth of what a start took. `writeParsed` leaves the trees where the YAML would be, and
 * `parsedInstead` has the programs read those.
 */
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Plugin } from 'vite';

const sourceModule = /\/native-bridge\/terminals\/shipped-files\.ts$/;

/** `folder`: a copy of one with shipped YAML files, which are replaced. Throws where one is broken. */
export async function writeParsed(folder: string): Promise<void> {
  // Not before the words are compiled.
  const { readShipped } = await import('../native-bridge/terminals/shipped-files.ts');
  const { packFiles, parsedFiles } = await import('../native-bridge/terminals/yaml/packed-tree.ts');
  const files = readShipped(pathToFileURL(`${folder}/`), 'profile-invalid');
  await writeFile(join(folder, parsedFiles), packFiles(files));
  for (const { name } of files) await rm(join(folder, name));
}

export function parsedInstead(): Plugin {
  return {
    name: 'parsed-instead',
    enforce: 'pre',
    async resolveId(source, importer) {
      if (!source.endsWith('/shipped-files.ts')) return null;
      const resolved = await this.resolve(source, importer, { skipSelf: true });
      const id = resolved?.id.replaceAll('\\', '/') ?? '';
      return sourceModule.test(id) ? id.replace(/\.ts$/, '.built.ts') : null;
    },
  };
}
