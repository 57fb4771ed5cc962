/** `readings`: where each comes from, its type and unit, and how its text becomes the value. */
import { readingNames, unitSchema } from '../../contract/reading.ts';
import { sentence } from '../../wording/index.ts';
import type { ReadingSource, Source } from '../profile.ts';
import { list, maybe, object, optional, record, variants } from '../shapes/collections.ts';
import { choice, decimal, formed, integer, pattern, text } from '../shapes/scalars.ts';
import { converted, described, type Shape } from '../shapes/shape.ts';
import { join } from '../yaml/parse.ts';
import type { Problems } from '../yaml/problems.ts';
import { describeTree, type Place, type Tree } from '../yaml/tree.ts';
import { typesOf } from './vocabulary.ts';

const name = text({ maxBytes: 64 });
const raw = text({ maxBytes: 64, mayBeEmpty: true });

const leastEveryMs = 100;

/** Bounded so that no profile makes a reading last for minutes. */
const sample = object({
  forMs: integer(500, 60_000),
  everyMs: integer(leastEveryMs, 60_000),
  as: choice(['worst', 'mean', 'spread', 'increase']),
});

/** Beside the source's own keys. */
const common = {
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
};

type Common = Omit<ReadingSource, 'source'>;

function reading(shape: Shape<Common & { readonly source: Source }>): Shape<ReadingSource> {
  return converted(shape, (value, tree, path, problems) => {
    const { source, type, unit, scale, offset, none, map, sample } = value;
    refuseArithmeticOnText(value, tree, path, problems);
    refuseSingleSample(value, tree, path, problems);
    return { source, type, unit, scale, offset, none, map, sample };
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

/** Zephyr, OS group, command 7; firmware may add letters of its own. */
const infoFormat = formed(/^[A-Za-z]{1,16}$/, sentence('expects_info_format', {}));

export const readingShape: Shape<ReadingSource> = variants('from', {
  'smp-info': reading(
    converted(object({ ...common, format: infoFormat, pattern: maybe(pattern) }), (v) => ({
      ...v,
      source: { from: 'smp-info', format: v.format, pattern: v.pattern } as const,
    })),
  ),
  'smp-image': reading(
    converted(
      object({ ...common, field: choice(['version', 'hash', 'confirmed', 'pending']) }),
      (v) => ({ ...v, source: { from: 'smp-image', field: v.field } as const }),
    ),
  ),
  'smp-bootloader': reading(
    converted(object({ ...common, field: choice(['bootloader', 'mode']) }), (v) => ({
      ...v,
      source: { from: 'smp-bootloader', field: v.field } as const,
    })),
  ),
  'smp-statistics': reading(
    converted(object({ ...common, group: name, field: name }), (v) => ({
      ...v,
      source: { from: 'smp-statistics', group: v.group, field: v.field } as const,
    })),
  ),
  'smp-settings': reading(
    converted(object({ ...common, key: name }), (v) => ({
      ...v,
      source: { from: 'smp-settings', key: v.key } as const,
    })),
  ),
  'smp-shell': reading(
    converted(object({ ...common, argv: list(text({ maxBytes: 128 }), 16, 1), pattern }), (v) => ({
      ...v,
      source: { from: 'smp-shell', argv: v.argv, pattern: v.pattern } as const,
    })),
  ),
  'smp-datetime': reading(
    converted(object(common), (v) => ({ ...v, source: { from: 'smp-datetime' } as const })),
  ),
});

export const readingsShape = converted(
  record(choice(readingNames), readingShape, readingNames.length),
  (readings, tree, path, problems) => {
    for (const [name, { type }] of readings) {
      const types = typesOf(name);
      const entry = tree.kind === 'map' ? tree.entries.get(name) : undefined;
      if (types.includes(type) || !entry) continue;
      const expected = sentence('expects_choice', { choices: [...types] });
      problems.add(placeOfType(entry.value), join(join(path, name), 'type'), expected, type);
    }
    return readings;
  },
);

/** Where the type stands, or where it is missing. */
function placeOfType(reading: Tree): Place {
  return entryOf(reading, 'type').at;
}

/** What stands under this key; the tree itself where nothing does. */
function entryOf(tree: Tree, key: string): Tree {
  const entry = tree.kind === 'map' ? tree.entries.get(key) : undefined;
  return entry?.value ?? tree;
}
