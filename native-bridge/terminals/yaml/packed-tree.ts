/**
 * Trees as JSON, for files that a build has parsed. Places are kept, so that a problem still knows its
 * line; the keys of a map are a list, because a JavaScript object would put those that look like
 * numbers first.
 */
import type { MapEntry, MapNode, Place, Tree } from './tree.ts';

/** The name of the file that holds them, where the YAML would be. */
export const parsedFiles = 'parsed.json';

type PackedPlace = readonly [line: number, column: number];

interface PackedText {
  readonly text: string;
  readonly at: PackedPlace;
}

interface PackedList {
  readonly items: readonly PackedTree[];
  readonly at: PackedPlace;
}

interface PackedMap {
  readonly entries: readonly PackedEntry[];
  readonly at: PackedPlace;
}

type PackedEntry = readonly [key: string, keyAt: PackedPlace, value: PackedTree];
type PackedTree = PackedText | PackedList | PackedMap;

interface PackedFile {
  readonly name: string;
  readonly tree: PackedMap;
}

interface TreeFile {
  readonly name: string;
  readonly tree: MapNode;
}

export function packFiles(files: readonly TreeFile[]): string {
  const packed: PackedFile[] = files.map(({ name, tree }) => ({ name, tree: packMap(tree) }));
  return JSON.stringify(packed);
}

/** Of what `packFiles` wrote: nothing else is expected. */
export function unpackFiles(text: string): TreeFile[] {
  const packed = JSON.parse(text) as readonly PackedFile[];
  return packed.map(({ name, tree }) => ({ name, tree: unpackMap(tree, name) }));
}

const packPlace = ({ line, column }: Place): PackedPlace => [line, column];

function packMap({ entries, at }: MapNode): PackedMap {
  const packed = [...entries].map(([key, { keyAt, value }]): PackedEntry => {
    return [key, packPlace(keyAt), pack(value)];
  });
  return { entries: packed, at: packPlace(at) };
}

function pack(tree: Tree): PackedTree {
  switch (tree.kind) {
    case 'text':
      return { text: tree.text, at: packPlace(tree.at) };
    case 'list':
      return { items: tree.items.map(pack), at: packPlace(tree.at) };
    case 'map':
      return packMap(tree);
  }
}

const unpackPlace = ([line, column]: PackedPlace, file: string): Place => ({ file, line, column });

function unpackMap({ entries, at }: PackedMap, file: string): MapNode {
  const unpacked = entries.map(([key, keyAt, value]): [string, MapEntry] => {
    return [key, { keyAt: unpackPlace(keyAt, file), value: unpack(value, file) }];
  });
  return { kind: 'map', entries: new Map(unpacked), at: unpackPlace(at, file) };
}

function unpack(packed: PackedTree, file: string): Tree {
  const at = unpackPlace(packed.at, file);
  if ('text' in packed) return { kind: 'text', text: packed.text, at };
  if ('entries' in packed) return unpackMap(packed, file);
  return { kind: 'list', items: packed.items.map((item) => unpack(item, file)), at };
}
