/**
 * What is wrong with a file, all of it: where, what was expected there and what was found. The
 * expectation is a noun phrase of the wording, so that it reads in either language.
 */
import type { Sentence } from '../../contract/common.ts';
import type { ProfileProblem } from '../../contract/profile.ts';
import { say } from '../../wording/index.ts';
import type { Place } from './tree.ts';

/** A file with more is not a profile. */
const maxProblems = 200;

/** Stands for "nothing" in `found`. */
export const nothing = '—';

export class Problems {
  readonly #list: ProfileProblem[] = [];

  /** `path`: the keys to the place, joined by `/`; `found`: technical, in no language. */
  add(at: Place, path: string, expectation: Sentence, found: string): void {
    if (this.#list.length >= maxProblems) return;
    this.#list.push({ ...at, path, expected: say(expectation, 'en'), expectation, found });
  }

  /** Adds those of another run that are wanted. */
  take(other: Problems, isWanted: (problem: ProfileProblem) => boolean): void {
    this.#list.push(...other.#list.filter(isWanted));
  }

  get count(): number {
    return this.#list.length;
  }

  /** In the file's order. */
  list(): ProfileProblem[] {
    return this.#list.toSorted(
      (a, b) => a.file.localeCompare(b.file) || a.line - b.line || a.column - b.column,
    );
  }
}
