/**
 * A profile's regular expression. Profiles are untrusted, so it runs on RE2's engine: time grows
 * with pattern times text and never with what they are, and both are bounded here. It has no
 * look-around and no back-references.
 */
import { RE2JS } from 're2js';

const maxPatternCharacters = 512;
/** The compiled program's size: `(a{99}){99}` is short to write. */
const maxInstructions = 500;
/** A terminal's reply is shorter; of a longer one only the beginning is looked at. */
export const maxTextCharacters = 8_192;

/** Of any number of groups; or why there is none. */
export function boundedProgram(source: string): RE2JS | { readonly problem: string } {
  if (source.length > maxPatternCharacters) {
    return { problem: `at most ${maxPatternCharacters} characters` };
  }
  try {
    const compiled = RE2JS.compile(source);
    if (compiled.programSize() > maxInstructions) return { problem: 'too many repetitions' };
    return compiled;
  } catch (error) {
    return { problem: (error instanceof Error ? error.message : String(error)).slice(0, 160) };
  }
}

const tooManyGroups = (max: number): string =>
  max === 1 ? 'at most one capture group' : `at most ${max} groups`;

export class LinearPattern {
  readonly source: string;
  readonly #compiled: RE2JS;

  private constructor(source: string, compiled: RE2JS) {
    this.source = source;
    this.#compiled = compiled;
  }

  /**
   * A pattern, or why the text is none: English and technical, as the engine says it. One that only
   * has to be found, and gives no value, may group as it likes: `maxGroups`.
   */
  static compile(
    source: string,
    { maxGroups = 1 }: { readonly maxGroups?: number } = {},
  ): LinearPattern | { readonly problem: string } {
    const compiled = boundedProgram(source);
    if (!(compiled instanceof RE2JS)) return compiled;
    if (compiled.groupCount() > maxGroups) return { problem: tooManyGroups(maxGroups) };
    return new LinearPattern(source, compiled);
  }

  /**
   * What the capture group took at the first match, or the whole match of a pattern without one.
   * Empty: the group took no part in the match. null: no match.
   */
  firstGroup(text: string): string | null {
    const matcher = this.#compiled.matcher(text.slice(0, maxTextCharacters));
    if (!matcher.find()) return null;
    return matcher.group(this.#compiled.groupCount()) ?? '';
  }

  /** True where the pattern occurs in the text. */
  occursIn(text: string): boolean {
    return this.#compiled.matcher(text.slice(0, maxTextCharacters)).find();
  }

  /** How many characters the first match takes; 0: none, or nothing of the text. */
  matchLength(text: string): number {
    const matcher = this.#compiled.matcher(text.slice(0, maxTextCharacters));
    return matcher.find() ? matcher.end() - matcher.start() : 0;
  }

  /** True where the pattern takes the whole text; a text beyond the limit never is. */
  takesWhole(text: string): boolean {
    return text.length <= maxTextCharacters && this.#compiled.matcher(text).matches();
  }
}
