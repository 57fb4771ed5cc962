/** The window's share of the words: the shell's own are left out of what it loads at its start. */
import type { Plugin } from 'vite';

const messages = /\/wording\/generated\/messages\/(?:en|zh-CN)\.js$/;
/** As the compiler writes them: from the first column to a brace in the first column. */
const shellOnly = /^export const cli_\w+ = [^]*?^\};?\n/gm;

export function windowWords(): Plugin {
  return {
    name: 'window-words',
    transform(code, id) {
      if (!messages.test(id.replaceAll('\\', '/'))) return null;
      const kept = code.replaceAll(shellOnly, '');
      // Where the compiler writes otherwise one day, this says so instead of doing nothing.
      if (/^export const cli_/m.test(kept) || kept === code) {
        throw new Error('the words of the shell are written in a form not known here');
      }
      return { code: kept, map: null };
    },
  };
}
