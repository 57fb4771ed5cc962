/** What the palette calls a command: in both languages, since people type what comes to mind first. */
import {
  perLocale,
  words,
  type FactsOf,
  type MessageKey,
} from '../../native-bridge/wording/index.ts';
import type { Command } from './command.ts';

export function both<K extends MessageKey>(key: K, facts: FactsOf<K>): Command['title'] {
  return perLocale((locale) => words(key, facts, locale));
}

/** Further words of both languages for the same thing. */
export function alsoCalled(key: MessageKey & `frame_also_${string}`): string {
  return (['zh-CN', 'en'] as const).map((locale) => words(key, {} as never, locale)).join(' ');
}
