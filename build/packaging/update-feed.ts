/** Where a package asks for newer versions of itself: fixed when it is built, or nowhere. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Target } from './shipped-addons.ts';

/** Throws for what is no HTTPS address; one without a password and anything after its path. */
export function readFeed(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  const plain = url?.username === '' && url.search === '' && url.hash === '';
  if (url?.protocol === 'https:' && plain) return url.href;
  throw new Error(`--feed takes an https:// address without a password and a query, not ${text}`);
}

/**
 * What the file that names the newest version is called. electron-builder tells processors apart in it
 * on Linux only; on Windows the one would be offered the other's installer.
 */
export function channelFor({ platform, arch }: Target): string {
  return platform === 'win32' && arch !== 'x64' ? `latest-${arch}` : 'latest';
}

/** As electron-updater reads it; electron-builder writes none for an app that is only unpacked. */
export async function writeFeed(resources: string, feed: string, channel: string): Promise<void> {
  const lines = ['provider: generic', `url: ${JSON.stringify(feed)}`, `channel: ${channel}`];
  lines.push('updaterCacheDirName: pos-bench-updater', '');
  await writeFile(join(resources, 'app-update.yml'), lines.join('\n'));
}
