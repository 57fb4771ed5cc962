/** Where a package asks for newer versions of itself: fixed when it is built, or nowhere. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Throws for what is no HTTPS address; one without a password and anything after its path. */
export function readFeed(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  const plain = url?.username === '' && url.search === '' && url.hash === '';
  if (url?.protocol === 'https:' && plain) return url.href;
  throw new Error(`--feed takes an https:// address without a password and a query, not ${text}`);
}

/** As electron-updater reads it; electron-builder writes none for an app that is only unpacked. */
export async function writeFeed(resources: string, feed: string): Promise<void> {
  const lines = ['provider: generic', `url: ${JSON.stringify(feed)}`];
  lines.push('updaterCacheDirName: pos-bench-updater', '');
  await writeFile(join(resources, 'app-update.yml'), lines.join('\n'));
}
