/** In the place of native-bridge/records/worker-entry.ts (as-built.ts). */
import { pathToFileURL } from 'node:url';
import { builtOr } from './built.ts';

export function workerEntry(): URL {
  return pathToFileURL(builtOr('native-bridge/records/worker.ts', 'records-worker.js'));
}
