/** In the place of native-bridge/records/worker-entry.ts (as-built.ts). */
import { pathToFileURL } from 'node:url';
import { built } from './built.ts';

export function workerEntry(): URL {
  return pathToFileURL(built('records-worker.js'));
}
