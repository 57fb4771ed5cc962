/** A program's share of the words: what it never says is left out of what it loads at its start. */
import type { Plugin } from 'vite';

const messages = /\/wording\/generated\/messages\/(?:en|zh-CN)\.js$/;
/** As the compiler writes one: from the first column to a brace in the first column. */
const message = /^export const (\w+) = [^]*?^\};?(?:\n|$(?![^]))/gm;

/** Types for the checker, a line each: half of the text, and read at every start. */
const typedef = /^\/\*\* @typedef .*\*\/\n/gm;

/** `keeps`: by the message's key. */
export function wordsKept(keeps: (key: string) => boolean): Plugin {
  return {
    name: 'words-kept',
    transform(code, id) {
      if (!messages.test(id.replaceAll('\\', '/'))) return null;
      const kept = code
        .replaceAll(typedef, '')
        .replaceAll(message, (whole, key: string) => (keeps(key) ? whole : ''));
      const left = [...kept.matchAll(/^export const (\w+) = /gm)].map(([, key]) => key ?? '');
      // Where the compiler writes otherwise one day, this says so instead of doing nothing.
      if (kept === code || !left.every(keeps)) {
        throw new Error('the words are written in a form not known here');
      }
      return { code: kept, map: null };
    },
  };
}

export function isWordOfHost(key: string): boolean {
  return /^(?:host_|product_name$|fault_moved_note_unreadable_)/u.test(key);
}
