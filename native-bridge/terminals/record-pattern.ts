/**
 * A profile's regular expression that takes several values out of one line, each by the name of its
 * group: `(?P<ms>\d+)ms (?P<text>.+)`. The same engine and bounds as a LinearPattern; it is applied to
 * one line at a time, so that many lines cost no more than their length.
 */
import { RE2JS } from 're2js';
import { boundedProgram } from './linear-pattern.ts';

/** A line of a device is shorter; of a longer one only the beginning is looked at. */
export const maxLineCharacters = 1_024;

export interface GroupNames<Name extends string> {
  readonly required: readonly Name[];
  readonly optional: readonly Name[];
}

export class RecordPattern<Name extends string = string> {
  readonly source: string;
  readonly #compiled: RE2JS;
  readonly #names: readonly Name[];

  private constructor(source: string, compiled: RE2JS, names: readonly Name[]) {
    this.source = source;
    this.#compiled = compiled;
    this.#names = names;
  }

  /** A pattern, or why the text is none: English and technical, as the engine says it. */
  static compile<Name extends string>(
    source: string,
    names: GroupNames<Name>,
  ): RecordPattern<Name> | { readonly problem: string } {
    const compiled = boundedProgram(source);
    if (!(compiled instanceof RE2JS)) return compiled;
    const groups = Object.keys(compiled.namedGroups());
    const known: readonly string[] = [...names.required, ...names.optional];
    const missing = names.required.find((name) => !groups.includes(name));
    if (missing !== undefined) return { problem: `a group (?P<${missing}>…)` };
    if (compiled.groupCount() > groups.length || groups.some((name) => !known.includes(name))) {
      return { problem: `no groups but ${known.map((name) => `(?P<${name}>…)`).join(', ')}` };
    }
    const present = [...names.required, ...names.optional].filter((name) => groups.includes(name));
    return new RecordPattern(source, compiled, present);
  }

  /** The values of the groups at the first match in the line; null: no match. */
  record(line: string): Readonly<Partial<Record<Name, string>>> | null {
    const matcher = this.#compiled.matcher(line.slice(0, maxLineCharacters));
    if (!matcher.find()) return null;
    const values: Partial<Record<Name, string>> = {};
    for (const name of this.#names) {
      const value = matcher.group(name);
      if (value !== null) values[name] = value;
    }
    return values;
  }
}
