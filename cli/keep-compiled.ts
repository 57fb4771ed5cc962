/**
 * Keeps the program's modules compiled between its runs, in the user's own cache folder (a shared one
 * could bring another's code in): a fifth less to do at a start. Node 22.1 and newer can; where the
 * folder can't be written nothing is kept. `NODE_DISABLE_COMPILE_CACHE=1` turns it off.
 */
import module from 'node:module';
import { join } from 'node:path';
import { defaultCacheFolder } from '../native-bridge/records/data-folder.ts';
import { makeFolder } from '../native-bridge/records/make-folder.ts';

export function keepCompiled(): void {
  // Sources change at every run of who works on them.
  const isBuilt = import.meta.url.endsWith('.js');
  if (!isBuilt || !('enableCompileCache' in module)) return;
  const folder = join(defaultCacheFolder(), 'compiled');
  try {
    makeFolder(folder);
  } catch {
    return;
  }
  // eslint-disable-next-line n/no-unsupported-features/node-builtins -- asked for above
  module.enableCompileCache(folder);
}
