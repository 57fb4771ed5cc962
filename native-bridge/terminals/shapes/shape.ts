/**
 * A shape says what a place in a file may hold. From the same definition come the checking and
 * converting (`read`) and the JSON Schema for editors (`schema`).
 *
 * `read` reports everything that is wrong to `problems` and goes on, so that one run finds all.
 */
import type { Problems } from '../yaml/problems.ts';
import type { Tree } from '../yaml/tree.ts';

export type JsonSchema = Readonly<Record<string, unknown>>;

export interface Shape<T> {
  readonly schema: JsonSchema;
  /** The value, or undefined where the tree does not hold one; why is among the problems. */
  read(tree: Tree, path: string, problems: Problems): T | undefined;
}

/** Adds a description, which editors show. */
export function described<T>(description: string, shape: Shape<T>): Shape<T> {
  return { ...shape, schema: { description, ...shape.schema } };
}

/** Turns a value into another, or reports why it cannot and gives undefined. */
export function converted<T, U>(
  shape: Shape<T>,
  convert: (value: T, tree: Tree, path: string, problems: Problems) => U | undefined,
): Shape<U> {
  return {
    schema: shape.schema,
    read(tree, path, problems) {
      const value = shape.read(tree, path, problems);
      return value === undefined ? undefined : convert(value, tree, path, problems);
    },
  };
}
