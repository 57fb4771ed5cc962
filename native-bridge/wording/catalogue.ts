/**
 * The compiled messages of both languages by key. Everything that turns a key into words goes
 * through `message`; the types come from the compiler, so a key or parameter that does not exist
 * is a type error wherever it is written down. Which languages are at hand is the program's
 * (`#languages` in package.json): all but the window have both.
 */
import { wordsOf } from '#languages';
import type { Locale } from '../contract/common.ts';
import type * as compiled from './generated/messages/en.js';

type Catalogue = typeof compiled;
export type MessageKey = keyof Catalogue;
/** Names of the `{parameters}` of a message. */
export type ParameterOf<Key extends MessageKey> = keyof Parameters<Catalogue[Key]>[0] & string;

const place = /\{(\w+)\}/g;

/** Every language has the same keys; asked in whichever is at hand. */
export function isMessageKey(key: string): key is MessageKey {
  return Object.hasOwn(wordsOf(null), key);
}

export const messageKeys = (): MessageKey[] => Object.keys(wordsOf(null)) as MessageKey[];

/** The message with its places filled as given; null for a key that no message has. */
export function message(
  key: string,
  inputs: Readonly<Record<string, unknown>>,
  locale: Locale,
): string | null {
  const words = wordsOf(locale);
  if (!Object.hasOwn(words, key)) return null;
  return words[key]?.replaceAll(place, (_, name: string) => String(inputs[name])) ?? null;
}

/** A message without parameters. */
export function plain(key: MessageKey, locale: Locale): string {
  return message(key, {}, locale) ?? `[${key}]`;
}

/** `system-version` → `system_version`, at the type level: how codes become keys. */
export type KebabToSnake<Text extends string> = Text extends `${infer Head}-${infer Tail}`
  ? `${Head}_${KebabToSnake<Tail>}`
  : Text;

export function snakeOfKebab<Text extends string>(text: Text): KebabToSnake<Text> {
  return text.replaceAll('-', '_') as KebabToSnake<Text>;
}
