/**
 * `extends`: a profile builds on shipped ones by name. Their files are merged key by key before
 * anything is checked, so that every problem still knows its file and line. A reading that says
 * `from` replaces the inherited one whole; lists are replaced, never joined. What identifies a
 * profile is not inherited, nor what opening ADB does: what is safe on one model may end the next one's
 * trading.
 */
import { sentence } from '../wording/index.ts';
import { nearest } from './nearest.ts';
import type { Problems } from './yaml/problems.ts';
import {
  join,
  quoted,
  type MapEntry,
  type MapNode,
  type TextNode,
  type Tree,
} from './yaml/tree.ts';

/** The shipped files by profile name. */
export type Parents = ReadonlyMap<string, MapNode>;

const ownKeys = new Set(['format', 'name', 'extends', 'recognition', 'adb']);

/** The file with all it inherits; problems: unknown names, circles. */
export function withParents(file: MapNode, parents: Parents, problems: Problems): MapNode {
  return flatten(file, parents, [], problems);
}

function flatten(
  file: MapNode,
  parents: Parents,
  trail: readonly string[],
  problems: Problems,
): MapNode {
  let base: MapNode | null = null;
  for (const [i, name] of namesIn(file).entries()) {
    const path = join('extends', String(i));
    const parent = parents.get(name.text);
    if (!parent) {
      problems.add(name.at, path, expectedParent(name.text, parents), quoted(name.text));
    } else if (trail.includes(name.text)) {
      const names = [...trail, name.text].join(' → ');
      problems.add(name.at, path, sentence('expects_no_cycle', { names }), quoted(name.text));
    } else {
      const whole = flatten(parent, parents, [...trail, name.text], problems);
      const inherited = withoutOwnKeys(whole);
      base = base === null ? inherited : mergeMaps(base, inherited);
    }
  }
  return base === null ? file : mergeMaps(base, file);
}

/** The names as far as they are texts; the profile's shape complains of the rest. */
function namesIn(file: MapNode): TextNode[] {
  const value = file.entries.get('extends')?.value;
  return value?.kind === 'list' ? value.items.filter((item) => item.kind === 'text') : [];
}

function expectedParent(name: string, parents: Parents) {
  const suggestion = nearest(name, [...parents.keys()]);
  if (suggestion !== null) return sentence('expects_suggestion', { suggestion });
  return sentence('expects_profile_name', { names: [...parents.keys()] });
}

function withoutOwnKeys(file: MapNode): MapNode {
  const kept = [...file.entries].filter(([key]) => !ownKeys.has(key));
  return { ...file, entries: new Map(kept) };
}

function mergeMaps(parent: MapNode, child: MapNode): MapNode {
  const entries = new Map<string, MapEntry>(parent.entries);
  for (const [key, entry] of child.entries) {
    const inherited = entries.get(key);
    const value = inherited ? merge(inherited.value, entry.value) : entry.value;
    entries.set(key, { keyAt: entry.keyAt, value });
  }
  return { kind: 'map', entries, at: child.at };
}

function merge(parent: Tree, child: Tree): Tree {
  if (parent.kind !== 'map' || child.kind !== 'map' || child.entries.has('from')) return child;
  return mergeMaps(parent, child);
}
