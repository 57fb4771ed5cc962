/** `readings` that Android's shell answers. */
import { sentence } from '../../wording/index.ts';
import { androidDumps, type AndroidDump } from '../../protocols/android/index.ts';
import type { AndroidSource, ReadingSource, SettingSource } from '../profile-source.ts';
import { list, maybe, object } from '../shapes/collections.ts';
import { choice, formed, pattern, text } from '../shapes/scalars.ts';
import { converted, described, type Shape } from '../shapes/shape.ts';
import { contentKey, propertyName, settingsTableKey } from './basics.ts';
import { common, entryOf, reading } from './reading-common.ts';
import { join } from '../yaml/tree.ts';

const dumps: Readonly<Record<string, AndroidDump>> = androidDumps;
const dumpNames = Object.keys(dumps).filter((name) => name !== 'package');
const packageFields = dumps['package']?.fields ?? [];

const packageName = formed(
  /^[A-Za-z][A-Za-z0-9_]{0,63}(\.[A-Za-z0-9_]{1,64}){1,12}$/,
  sentence('expects_package', {}),
);

/** Absolute, and nothing that climbs. */
const filePath = formed(
  /^(\/(?!\.\.?(\/|$))[A-Za-z0-9_.,:@+-]{1,100}){1,12}$/,
  sentence('expects_path', {}),
);

const component = formed(
  /^[A-Za-z0-9_.]{1,160}\/[A-Za-z0-9_.$]{1,160}$/,
  sentence('expects_component', {}),
);

const packages = described('The first of these that is installed', list(packageName, 16, 1));

export const androidReadings: Readonly<Record<string, Shape<ReadingSource>>> = {
  'android-dump': reading(
    converted(
      object({ ...common, dump: choice(dumpNames), field: text({ maxBytes: 64 }) }),
      (v, tree, path, problems) => {
        const field = entryOf(tree, 'field');
        choice(dumps[v.dump]?.fields ?? []).read(field, join(path, 'field'), problems);
        return { ...v, source: { from: 'android-dump', dump: v.dump, field: v.field } as const };
      },
    ),
  ),
  'android-package': reading(
    converted(object({ ...common, packages, field: choice(packageFields) }), (v) => ({
      ...v,
      source: { from: 'android-package', packages: v.packages, field: v.field } as const,
    })),
  ),
  'android-property': reading(
    converted(object({ ...common, names: list(propertyName, 8, 1) }), (v) => ({
      ...v,
      source: { from: 'android-property', names: v.names } as const,
    })),
  ),
  'android-settings': reading(
    converted(object({ ...common, key: settingsTableKey }), (v) => ({
      ...v,
      source: settingIn('android-settings', v.key),
    })),
  ),
  'android-content': reading(
    converted(object({ ...common, key: contentKey }), (v) => ({
      ...v,
      source: settingIn('android-content', v.key),
    })),
  ),
  'android-shell': reading(
    converted(object({ ...common, argv: list(text({ maxBytes: 128 }), 16, 1), pattern }), (v) => ({
      ...v,
      source: { from: 'android-shell', argv: v.argv, pattern: v.pattern } as const,
    })),
  ),
  'android-file': reading(
    converted(object({ ...common, path: filePath, pattern: maybe(pattern) }), (v) => ({
      ...v,
      source: { from: 'android-file', path: v.path, pattern: v.pattern } as const,
    })),
  ),
  'android-broadcast': reading(
    converted(
      object({
        ...common,
        action: text({ maxBytes: 160 }),
        component: maybe(component),
        pattern: maybe(pattern),
      }),
      (v): Omit<ReadingSource, 'source'> & { source: AndroidSource } => ({
        ...v,
        source: {
          from: 'android-broadcast',
          action: v.action,
          component: v.component,
          pattern: v.pattern,
        },
      }),
    ),
  ),
};

function settingIn(from: SettingSource['from'], key: string): SettingSource {
  return { from, key };
}
