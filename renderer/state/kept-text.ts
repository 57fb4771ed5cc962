/** A field beside what is kept of it. */

/** What stands in it after the kept text was read again: what is being typed is not replaced. */
export const textAfter = (typed: string, keptBefore: string, keptNow: string): string =>
  typed === keptBefore ? keptNow : typed;
