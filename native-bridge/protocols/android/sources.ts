/** Every dump that profiles can name, with the fields that it tells. */
import { parseBattery } from './battery.ts';
import { dump, type AndroidDump, type FieldValue } from './dump.ts';

/** Where a thing is not there, what would be said of it is none: '' and not "unknown". */
function noneIf<Fields extends Readonly<Record<string, FieldValue>>>(
  isAbsent: boolean,
  fields: Fields,
): { readonly [Name in keyof Fields]: FieldValue } {
  if (!isAbsent) return fields;
  return Object.fromEntries(Object.keys(fields).map((name) => [name, ''])) as {
    [Name in keyof Fields]: FieldValue;
  };
}

export const androidDumps = {
  battery: dump(
    ['dumpsys', 'battery'],
    [
      'levelPercent',
      'charging',
      'powered',
      'celsius',
      'millivolts',
      'health',
      'technology',
      'present',
      'updatesStopped',
    ],
    (output) => {
      const { present, powered, updatesStopped, ...ofBattery } = parseBattery(output);
      return { ...noneIf(present === false, ofBattery), present, powered, updatesStopped };
    },
  ),
} satisfies Record<string, AndroidDump>;

export type AndroidDumpName = keyof typeof androidDumps;
