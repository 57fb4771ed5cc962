/** What the window's page loads before anything can be shown: how much script that is. */
import { posix } from 'node:path';
import { gzipSync } from 'node:zlib';

export const mostStartScriptBytes = 250_000;

/**
 * Gzipped, of what `index.html` loads at once and what that imports, with the words of one language, the
 * longer ones. `read`: a file of the page's by its path, `names`: all there are, as `/assets/start.js`.
 */
export function startScriptBytes(
  names: readonly string[],
  read: (name: string) => Uint8Array,
): number {
  const sizes = new Map<string, number>();
  const take = (name: string): void => {
    if (sizes.has(name)) return;
    const bytes = read(name);
    sizes.set(name, gzipSync(bytes).length);
    const text = new TextDecoder().decode(bytes);
    for (const [, path = ''] of text.matchAll(/(?:from|import)\s*["'](\.{1,2}\/[^"']+\.js)["']/g)) {
      take(posix.join(posix.dirname(name), path));
    }
  };
  const html = new TextDecoder().decode(read('/index.html'));
  for (const [, name = ''] of html.matchAll(/<script[^>]+src="\.?(\/[^"]+)"/g)) take(name);
  if (sizes.size === 0) throw new Error('index.html loads no script');
  const words = names.filter((name) => /\/(?:en|zh-CN)-[^/]+\.js$/.test(name));
  if (words.length !== 2) throw new Error(`two languages, not ${words.join(', ')}`);
  const language = Math.max(...words.map((name) => gzipSync(read(name)).length));
  if (words.some((name) => sizes.has(name))) throw new Error('a language is loaded unasked');
  return [...sizes.values()].reduce((sum, size) => sum + size, language);
}
