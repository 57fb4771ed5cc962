/** What every reading says of its value, whatever it comes from. */
import { unitSchema } from '../../contract/reading.ts';
import { sentence } from '../../wording/index.ts';
import type { ReadingSource, Source } from '../profile-source.ts';
import { list, maybe, object, optional, record } from '../shapes/collections.ts';
import { choice, decimal, integer, text } from '../shapes/scalars.ts';
import { converted, described, type Shape } from '../shapes/shape.ts';
import type { Problems } from '../yaml/problems.ts';
import { describeTree, join, type Place, type Tree } from '../yaml/tree.ts';
import { fact } from './basics.ts';

export const name = text({ maxBytes: 64 });
const raw = text({ maxBytes: 64, mayBeEmpty: true });

const leastEveryMs = 100;

/** Bounded so that no profile makes a reading last for minutes. */
const sample = object({
  forMs: integer(500, 60_000),
  everyMs: integer(leastEveryMs, 60_000),
  as: choice(['worst', 'mean', 'spread', 'increase']),
});

/** Beside the source's own keys. */
export const common = {
  from: name,
  type: optional(choice(['text', 'integer', 'decimal', 'boolean']), 'text'),
  unit: optional(choice(unitSchema.options), 'none'),
  scale: optional(decimal(-1_000_000, 1_000_000), 1),
  offset: optional(decimal(-1_000_000, 1_000_000), 0),
  none: optional(
    described(
      'Raw texts that say there is none just now; empty: the pattern’s group took no part',
      list(raw, 16),
    ),
    [],
  ),
  map: optional(
    described('Raw text to value: `on: true`', record(raw, raw, 64)),
    new Map<string, string>(),
  ),
  sample: maybe(described('Read again and again over this time', sample)),
  fact: maybe(fact),
};

type Common = Omit<ReadingSource, 'source'>;

export function reading(shape: Shape<Common & { readonly source: Source }>): Shape<ReadingSource> {
  return converted(shape, (value, tree, path, problems) => {
    const { source, type, unit, scale, offset, none, map, sample, fact: known } = value;
    refuseArithmeticOnText(value, tree, path, problems);
    refuseSingleSample(value, tree, path, problems);
    return { source, type, unit, scale, offset, none, map, sample, fact: known };
  });
}

function refuseArithmeticOnText(value: Common, tree: Tree, path: string, problems: Problems): void {
  const isNumber = value.type === 'integer' || value.type === 'decimal';
  const isPlain = value.scale === 1 && value.offset === 0 && value.sample === null;
  if (isNumber || isPlain) return;
  const expected = sentence('expects_choice', { choices: ['integer', 'decimal'] });
  problems.add(placeOfType(tree), join(path, 'type'), expected, value.type);
}

/** One sample says nothing of a time. */
function refuseSingleSample(value: Common, tree: Tree, path: string, problems: Problems): void {
  if (value.sample === null || value.sample.everyMs <= value.sample.forMs) return;
  const expected = sentence('expects_integer', { min: leastEveryMs, max: value.sample.forMs });
  const found = entryOf(entryOf(tree, 'sample'), 'everyMs');
  problems.add(found.at, join(join(path, 'sample'), 'everyMs'), expected, describeTree(found));
}

/** Where the type stands, or where it is missing. */
export function placeOfType(reading: Tree): Place {
  return entryOf(reading, 'type').at;
}

/** What stands under this key; the tree itself where nothing does. */
export function entryOf(tree: Tree, key: string): Tree {
  const entry = tree.kind === 'map' ? tree.entries.get(key) : undefined;
  return entry?.value ?? tree;
}
