/**
 * Shapes of single values. YAML leaves them text; here `12` becomes a number only where a number
 * is wanted. The JSON Schemas also take what an editor's YAML reader makes of an unquoted scalar.
 */
import type { Sentence } from '../../contract/common.ts';
import { sentence } from '../../wording/index.ts';
import { LinearPattern } from '../linear-pattern.ts';
import { nearest } from '../nearest.ts';
import { describeTree, hasInvisible } from '../yaml/tree.ts';
import type { JsonSchema, Shape } from './shape.ts';

/** Any scalar as text; `convert` gives undefined for one that does not fit. */
export function scalar<T>(
  schema: JsonSchema,
  expected: (text: string) => Sentence,
  convert: (text: string) => T | undefined,
): Shape<T> {
  return {
    schema,
    read(tree, path, problems) {
      const value = tree.kind === 'text' ? convert(tree.text) : undefined;
      if (value === undefined) {
        const text = tree.kind === 'text' ? tree.text : '';
        problems.add(tree.at, path, expected(text), describeTree(tree));
      }
      return value;
    },
  };
}

const textTypes = ['string', 'number', 'boolean'];

export interface TextLimits {
  readonly maxBytes: number;
  /** Line breaks are allowed. */
  readonly multiline?: boolean;
  readonly mayBeEmpty?: boolean;
}

/** Text without control characters, counted as UTF-8. */
export function text({ maxBytes, multiline, mayBeEmpty }: TextLimits): Shape<string> {
  return scalar(
    { type: textTypes, maxLength: maxBytes },
    (found) =>
      hasInvisible(multiline ? found.replaceAll('\n', '') : found)
        ? sentence('expects_plain_text', {})
        : sentence('expects_text', { maxBytes }),
    (found) => {
      const checked = multiline ? found.replaceAll('\n', '') : found;
      if (hasInvisible(checked) || (found === '' && !mayBeEmpty)) return undefined;
      return new TextEncoder().encode(found).length <= maxBytes ? found : undefined;
    },
  );
}

/** Text of a form, as a regular expression that JSON Schema and JavaScript both know. */
export function formed(form: RegExp, expected: Sentence): Shape<string> {
  return scalar(
    { type: textTypes, pattern: form.source },
    () => expected,
    (found) => (form.test(found) ? found : undefined),
  );
}

export function integer(min: number, max: number): Shape<number> {
  return scalar(
    { type: ['integer', 'string'], minimum: min, maximum: max, pattern: '^-?(0|[1-9][0-9]*)$' },
    () => sentence('expects_integer', { min, max }),
    (found) => within(/^-?(?:0|[1-9]\d{0,14})$/, found, min, max),
  );
}

export function decimal(min: number, max: number): Shape<number> {
  return scalar(
    { type: ['number', 'string'], minimum: min, maximum: max, pattern: '^-?[0-9]+(\\.[0-9]+)?$' },
    () => sentence('expects_number', { min, max }),
    (found) => within(/^-?\d{1,12}(?:\.\d{1,9})?$/, found, min, max),
  );
}

function within(form: RegExp, found: string, min: number, max: number): number | undefined {
  const value = Number(found);
  return form.test(found) && value >= min && value <= max ? value : undefined;
}

export const boolean: Shape<boolean> = scalar(
  { enum: [true, false, 'true', 'false'] },
  () => sentence('expects_boolean', {}),
  (found) => (found === 'true' ? true : found === 'false' ? false : undefined),
);

export function choice<const T extends string>(choices: readonly T[]): Shape<T> {
  return scalar(
    { enum: [...choices, ...choices.flatMap(unquoted)] },
    (found) => expectedChoice(found, choices),
    (found) => choices.find((candidate) => candidate === found),
  );
}

/** What an editor's YAML reader makes of the word where it stands without quotes. */
function unquoted(choice: string): number[] {
  return /^\d+$/.test(choice) ? [Number(choice)] : [];
}

/** The choice that was probably meant, else all of them. */
export function expectedChoice(found: string, choices: readonly string[]): Sentence {
  const suggestion = nearest(found, choices);
  if (suggestion !== null) return sentence('expects_suggestion', { suggestion });
  return sentence('expects_choice', { choices: [...choices] });
}

export const pattern: Shape<LinearPattern> = scalar(
  { type: textTypes, maxLength: 512 },
  (found) => {
    const compiled = LinearPattern.compile(found);
    const detail = compiled instanceof LinearPattern ? '' : compiled.problem;
    return sentence('expects_pattern', { detail });
  },
  (found) => {
    const compiled = LinearPattern.compile(found);
    return compiled instanceof LinearPattern ? compiled : undefined;
  },
);
