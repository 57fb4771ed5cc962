/** A program's share of the words: what it never says is left out of what it loads at its start. */
import type { Plugin } from 'vite';
import { wordsModule } from './wording.ts';

const compiled = /\/wording\/generated\/words\/(?:en|zh-CN)\.js$/;

/** `keeps`: by the message's key. */
export function wordsKept(keeps: (key: string) => boolean): Plugin {
  return {
    name: 'words-kept',
    async transform(_code, id) {
      const file = id.replaceAll('\\', '/');
      if (!compiled.test(file)) return null;
      const { default: words } = (await import(file)) as { default: Record<string, string> };
      const kept = Object.entries(words).filter(([key]) => keeps(key));
      return { code: wordsModule(Object.fromEntries(kept)), map: null };
    },
  };
}

export function isWordOfHost(key: string): boolean {
  return /^(?:host_|product_name$|fault_moved_note_unreadable_)/u.test(key);
}

/** All but the shell's and the host's own: the window tells whatever the bridge found. */
export function isWordOfWindow(key: string): boolean {
  return !/^(?:cli|host)_|_next_shell$/u.test(key);
}
