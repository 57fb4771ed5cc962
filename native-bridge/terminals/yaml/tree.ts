/**
 * A YAML file as a tree of texts, lists and maps, each knowing where it stands. Scalars stay text
 * as written (`0123456789`, `2.10`, `no`): the shapes convert them.
 */

export interface Place {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** From 1. */
  readonly column: number;
}

export interface TextNode {
  readonly kind: 'text';
  readonly text: string;
  readonly at: Place;
}

export interface ListNode {
  readonly kind: 'list';
  readonly items: readonly Tree[];
  readonly at: Place;
}

export interface MapEntry {
  readonly keyAt: Place;
  readonly value: Tree;
}

export interface MapNode {
  readonly kind: 'map';
  readonly entries: ReadonlyMap<string, MapEntry>;
  readonly at: Place;
}

export type Tree = TextNode | ListNode | MapNode;

/** A node in one short line, as one would point at it. */
export function describeTree(tree: Tree): string {
  switch (tree.kind) {
    case 'text':
      return quoted(tree.text);
    case 'list':
      return '[…]';
    case 'map':
      return '{…}';
  }
}

const shownCharacters = 60;

/** Text in quotes, cut short, with control and bidi characters as escapes. */
export function quoted(text: string): string {
  const cut = text.length > shownCharacters ? `${text.slice(0, shownCharacters)}…` : text;
  return JSON.stringify(cut).replaceAll(invisible, escaped);
}

/** Control characters, and what hides in text or changes its direction. */
const invisible = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

export function hasInvisible(text: string): boolean {
  return text.search(invisible) >= 0;
}

function escaped(character: string): string {
  return `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`;
}

/** Keys have dots in them, so paths have slashes. */
export function join(path: string, key: string): string {
  const shown = quoted(key).slice(1, -1);
  return path === '' ? shown : `${path}/${shown}`;
}
