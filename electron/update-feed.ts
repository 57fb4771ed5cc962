/** Whether this package was built with an address to ask for newer versions, and what asks there. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Updater } from './updates.ts';

/** null: no address, or one that is not HTTPS. `dist`: where `electron/updater.cjs` is below. */
export function updaterIn(resources: string, dist: string): (() => Promise<Updater>) | null {
  if (!hasFeed(resources)) return null;
  return () => {
    const load = createRequire(import.meta.url);
    const { openUpdater } = load(join(dist, 'electron', 'updater.cjs')) as {
      openUpdater: () => Updater;
    };
    return Promise.resolve(openUpdater());
  };
}

function hasFeed(resources: string): boolean {
  try {
    // As build/packaging/update-feed.ts writes it.
    return /^url: "https:/m.test(readFileSync(join(resources, 'app-update.yml'), 'utf8'));
  } catch {
    return false;
  }
}
