/** Shapes of lists and maps. A key nobody knows is a problem: it was meant to say something. */
import { sentence } from '../../wording/index.ts';
import { nearest } from '../nearest.ts';
import { nothing, type Problems } from '../yaml/problems.ts';
import { describeTree, join, quoted, type MapNode, type Tree } from '../yaml/tree.ts';
import { scalar, expectedChoice } from './scalars.ts';
import type { JsonSchema, Shape } from './shape.ts';

export interface OptionalField<T> {
  readonly shape: Shape<T>;
  /** The value of an absent key. */
  readonly fallback: T;
}

type Field = Shape<unknown> | OptionalField<unknown>;
type Fields = Readonly<Record<string, Field>>;
type ValueOf<F> = F extends OptionalField<infer T> ? T : F extends Shape<infer T> ? T : never;
export type Values<F extends Fields> = { readonly [K in keyof F]: ValueOf<F[K]> };

export function optional<T>(shape: Shape<T>, fallback: T): OptionalField<T> {
  return { shape, fallback };
}

/** A key that may be absent, which reads null. */
export function maybe<T>(shape: Shape<T>): OptionalField<T | null> {
  return { shape, fallback: null };
}

const isOptional = (field: Field): field is OptionalField<unknown> => 'fallback' in field;
const shapeOf = (field: Field): Shape<unknown> => (isOptional(field) ? field.shape : field);

/** A map of known keys. */
export function object<F extends Fields>(fields: F): Shape<Values<F>> {
  const names = Object.keys(fields);
  return {
    schema: {
      type: 'object',
      properties: Object.fromEntries(names.map((name) => [name, schemaOf(fields[name])])),
      required: names.filter((name) => fields[name] && !isOptional(fields[name])),
      additionalProperties: false,
    },
    read(tree, path, problems) {
      if (!isMap(tree, path, problems)) return undefined;
      const meant = refuseUnknownKeys(tree, names, path, problems);
      let isWhole = true;
      const values: Record<string, unknown> = {};
      for (const [name, field] of Object.entries(fields)) {
        // Misspelt is not missing as well.
        const isMeant = meant.has(name) && !tree.entries.has(name);
        const value = isMeant ? undefined : readField(tree, name, field, path, problems);
        isWhole &&= value !== undefined;
        values[name] = value;
      }
      return isWhole ? (values as Values<F>) : undefined;
    },
  };
}

function schemaOf(field: Field | undefined): JsonSchema {
  return field ? shapeOf(field).schema : {};
}

function readField(
  tree: MapNode,
  name: string,
  field: Field,
  path: string,
  problems: Problems,
): unknown {
  const entry = tree.entries.get(name);
  if (entry) return shapeOf(field).read(entry.value, join(path, name), problems);
  if (isOptional(field)) return field.fallback;
  problems.add(tree.at, path, sentence('expects_key', { key: name }), nothing);
  return undefined;
}

/** The known keys that unknown ones were probably meant to be. */
function refuseUnknownKeys(
  tree: MapNode,
  names: readonly string[],
  path: string,
  problems: Problems,
): ReadonlySet<string> {
  const meant = new Set<string>();
  for (const [key, { keyAt }] of tree.entries) {
    if (names.includes(key)) continue;
    const suggestion = nearest(key, names);
    if (suggestion !== null) meant.add(suggestion);
    const expected =
      suggestion === null
        ? sentence('expects_known_key', { keys: [...names] })
        : sentence('expects_key', { key: suggestion });
    problems.add(keyAt, join(path, key), expected, quoted(key));
  }
  return meant;
}

/** A map whose keys are values too. */
export function record<K extends string, T>(
  keys: Shape<K>,
  values: Shape<T>,
  maxEntries: number,
): Shape<ReadonlyMap<K, T>> {
  return {
    schema: {
      type: 'object',
      propertyNames: keys.schema,
      additionalProperties: values.schema,
      maxProperties: maxEntries,
    },
    read(tree, path, problems) {
      if (!isMap(tree, path, problems)) return undefined;
      if (tree.entries.size > maxEntries) {
        const expected = sentence('expects_short_map', { max: maxEntries });
        problems.add(tree.at, path, expected, String(tree.entries.size));
        return undefined;
      }
      const before = problems.count;
      const read = new Map<K, T>();
      for (const [text, { keyAt, value }] of tree.entries) {
        const at = join(path, text);
        const key = keys.read({ kind: 'text', text, at: keyAt }, at, problems);
        const converted = values.read(value, at, problems);
        if (key !== undefined && converted !== undefined) read.set(key, converted);
      }
      return problems.count === before ? read : undefined;
    },
  };
}

export function list<T>(items: Shape<T>, maxItems: number, minItems = 0): Shape<readonly T[]> {
  return {
    schema: { type: 'array', items: items.schema, minItems, maxItems },
    read(tree, path, problems) {
      const isList = tree.kind === 'list';
      if (!isList || tree.items.length > maxItems || tree.items.length < minItems) {
        const expected = sentence('expects_list', { min: minItems, max: maxItems });
        const found = isList ? String(tree.items.length) : describeTree(tree);
        problems.add(tree.at, path, expected, found);
        return undefined;
      }
      const read = tree.items.map((item, i) => items.read(item, join(path, String(i)), problems));
      return read.every((value) => value !== undefined) ? read : undefined;
    },
  };
}

/** Maps told apart by the text under one key. */
export function variants<T>(key: string, shapes: Readonly<Record<string, Shape<T>>>): Shape<T> {
  const names = Object.keys(shapes);
  const tag = scalar(
    { enum: names },
    (found) => expectedChoice(found, names),
    (found) => names.find((name) => name === found),
  );
  return {
    schema: {
      type: 'object',
      required: [key],
      oneOf: names.map((name) => tagged(key, name, shapes[name]?.schema ?? {})),
    },
    read(tree, path, problems) {
      if (!isMap(tree, path, problems)) return undefined;
      const entry = tree.entries.get(key);
      if (!entry) {
        problems.add(tree.at, path, sentence('expects_key', { key }), nothing);
        return undefined;
      }
      const name = tag.read(entry.value, join(path, key), problems);
      return name === undefined ? undefined : shapes[name]?.read(tree, path, problems);
    },
  };
}

function tagged(key: string, name: string, schema: JsonSchema): JsonSchema {
  const properties = (schema['properties'] ?? {}) as Record<string, unknown>;
  return { ...schema, properties: { ...properties, [key]: { const: name } } };
}

function isMap(tree: Tree, path: string, problems: Problems): tree is MapNode {
  if (tree.kind === 'map') return true;
  problems.add(tree.at, path, sentence('expects_map', {}), describeTree(tree));
  return false;
}
