/**
 * Bytes to tree: UTF-8, YAML's failsafe schema (no number, date or null is ever made of a
 * scalar), bounded in size and nesting. Anchors, aliases, tags and merge keys are refused: a
 * profile says what it means, and nothing in it can multiply.
 */
import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  type ParsedNode,
  type YAMLMap,
} from 'yaml';
import { sentence } from '../../wording/index.ts';
import { findExcess, maxLevels } from './bounds.ts';
import { maxFileBytes } from './limits.ts';
import { nothing, type Problems } from './problems.ts';
import { describeTree, join, quoted, type MapEntry, type Place, type Tree } from './tree.ts';

/** null where there is nothing to check; why is among the problems. */
export function parseYaml(bytes: Uint8Array, file: string, problems: Problems): Tree | null {
  const start: Place = { file, line: 1, column: 1 };
  if (bytes.length > maxFileBytes) {
    const expected = sentence('expects_small_file', { maxBytes: maxFileBytes });
    problems.add(start, '', expected, `> ${maxFileBytes} B`);
    return null;
  }
  const text = decode(bytes, file, problems);
  if (text === null) return null;
  const excess = findExcess(text);
  if (excess !== null) {
    const expected = sentence('expects_shallow', { levels: maxLevels });
    problems.add(placeIn(text, excess, file), '', expected, nothing);
    return null;
  }
  return new Reader(text, file, problems).read();
}

/** Strict UTF-8; a line that is not gives its place. */
function decode(bytes: Uint8Array, file: string, problems: Problems): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    const line = firstBadLine(bytes);
    problems.add({ file, line, column: 1 }, '', sentence('expects_utf8', {}), nothing);
    return null;
  }
}

function firstBadLine(bytes: Uint8Array): number {
  let line = 1;
  for (let start = 0; start < bytes.length; line++) {
    const newline = bytes.indexOf(0x0a, start);
    const end = newline < 0 ? bytes.length : newline;
    try {
      new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(start, end));
    } catch {
      return line;
    }
    start = end + 1;
  }
  return line;
}

function placeIn(text: string, offset: number, file: string): Place {
  const before = text.slice(0, offset).split('\n');
  return { file, line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

class Reader {
  readonly #text: string;
  readonly #file: string;
  readonly #problems: Problems;
  readonly #lines = new LineCounter();

  constructor(text: string, file: string, problems: Problems) {
    this.#text = text;
    this.#file = file;
    this.#problems = problems;
  }

  read(): Tree | null {
    const document = parseDocument(this.#text, {
      schema: 'failsafe',
      version: '1.2',
      resolveKnownTags: false,
      // Compares every pair of keys; repeated keys are found below.
      uniqueKeys: false,
      prettyErrors: false,
      logLevel: 'error',
      lineCounter: this.#lines,
    });
    for (const { message, pos } of document.errors) {
      const detail = message.split('\n')[0]?.slice(0, 120) ?? '';
      const line = this.#text.slice(pos[0]).split('\n')[0] ?? '';
      const found = line === '' ? nothing : quoted(line);
      this.#problems.add(this.#at(pos[0]), '', sentence('expects_yaml', { detail }), found);
    }
    if (document.errors.length > 0) return null;
    return this.#tree(document.contents, '', 0);
  }

  #at(offset: number): Place {
    const { line, col } = this.#lines.linePos(offset);
    return { file: this.#file, line: Math.max(line, 1), column: Math.max(col, 1) };
  }

  #tree(node: ParsedNode | null, path: string, fallbackOffset: number): Tree {
    const at = this.#at(node?.range[0] ?? fallbackOffset);
    if (node === null) return { kind: 'text', text: '', at };
    if (isAlias(node)) {
      this.#problems.add(at, path, sentence('expects_no_alias', {}), quoted(`*${node.source}`));
      return { kind: 'text', text: '', at };
    }
    if (node.anchor !== undefined) {
      this.#problems.add(at, path, sentence('expects_no_alias', {}), quoted(`&${node.anchor}`));
    }
    if (node.tag !== undefined) {
      this.#problems.add(at, path, sentence('expects_no_tag', {}), quoted(node.tag));
    }
    if (isMap(node)) return { kind: 'map', entries: this.#entries(node, path), at };
    if (isSeq(node)) {
      const items = node.items.map((item, i) => this.#tree(item, join(path, String(i)), 0));
      return { kind: 'list', items, at };
    }
    return { kind: 'text', text: scalarText(node.value), at };
  }

  #entries(map: YAMLMap.Parsed, path: string): Map<string, MapEntry> {
    const entries = new Map<string, MapEntry>();
    for (const pair of map.items) {
      const keyTree = this.#tree(pair.key, path, 0);
      if (keyTree.kind !== 'text' || !isScalar(pair.key)) {
        const found = describeTree(keyTree);
        this.#problems.add(keyTree.at, path, sentence('expects_scalar', {}), found);
        continue;
      }
      const key = keyTree.text;
      if (entries.has(key)) {
        this.#problems.add(
          keyTree.at,
          join(path, key),
          sentence('expects_key_once', {}),
          quoted(key),
        );
      }
      const end = pair.key.range[1];
      entries.set(key, { keyAt: keyTree.at, value: this.#tree(pair.value, join(path, key), end) });
    }
    return entries;
  }
}

function scalarText(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
