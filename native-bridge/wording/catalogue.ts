/**
 * The compiled messages of both languages by key. Everything that turns a key into words goes
 * through `message`; the types come from the compiler, so a key or parameter that does not exist
 * is a type error wherever it is written down.
 */
import type { Locale } from '../contract/common.ts';
import * as en from './generated/messages/en.js';
import * as zhCN from './generated/messages/zh-CN.js';

type Catalogue = typeof en;
export type MessageKey = keyof Catalogue;
/** Names of the `{parameters}` of a message. */
export type ParameterOf<Key extends MessageKey> = keyof Parameters<Catalogue[Key]>[0] & string;

type Message = (inputs: Readonly<Record<string, unknown>>) => string;
const catalogues = { 'zh-CN': zhCN, en } as unknown as Readonly<
  Record<Locale, Readonly<Record<string, Message>>>
>;

export function isMessageKey(key: string): key is MessageKey {
  return Object.hasOwn(catalogues.en, key);
}

export const messageKeys = (): MessageKey[] => Object.keys(catalogues.en) as MessageKey[];

/** The message with its places filled as given; null for a key that no message has. */
export function message(
  key: string,
  inputs: Readonly<Record<string, unknown>>,
  locale: Locale,
): string | null {
  const catalogue = catalogues[locale];
  return Object.hasOwn(catalogue, key) ? (catalogue[key]?.(inputs) ?? null) : null;
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
