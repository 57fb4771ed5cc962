/** `readings`: where each comes from, its type and unit, and how its text becomes the value. */
import { readingNames } from '../../contract/reading.ts';
import { sentence } from '../../wording/index.ts';
import type { ReadingSource } from '../profile-source.ts';
import { list, maybe, object, record, variants } from '../shapes/collections.ts';
import { choice, formed, pattern, text } from '../shapes/scalars.ts';
import { converted, type Shape } from '../shapes/shape.ts';
import { androidReadings } from './android-readings.ts';
import { common, name, placeOfType, reading } from './reading-common.ts';
import { typesOf } from './vocabulary.ts';
import { join } from '../yaml/tree.ts';

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
  ...androidReadings,
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
