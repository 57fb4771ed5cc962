/**
 * A dump is a command whose output tells several fields; a profile names a dump and a field of it.
 * Field values are plain text: numbers in decimal, `true` and `false`, and the words that readings
 * use (contract/reading.ts). `''` says "there is none just now", null says "unknown".
 */
export interface AndroidDump {
  /** Where it needs a name (a package's), that is appended. */
  readonly command: readonly string[];
  readonly fields: readonly string[];
  /** Has every field of `fields`, and no other; never throws. */
  parse(output: string): ReadonlyMap<string, string | null>;
}

/** What a typed parser gives: null is unknown. */
export type FieldValue = string | number | boolean | null;

/** A dump of a parser whose result has a property for each field. */
export function dump<Name extends string>(
  command: readonly string[],
  fields: readonly Name[],
  parse: (output: string) => Readonly<Record<Name, FieldValue>>,
): AndroidDump {
  return {
    command,
    fields,
    parse: (output) => {
      const values = parse(output);
      return new Map(fields.map((name) => [name, textOf(values[name])]));
    },
  };
}

function textOf(value: FieldValue): string | null {
  return value === null ? null : String(value);
}
