/** One thing in a code beside what it should be: how such a row is made. */
import type { Sentence } from '../../contract/common.ts';
import type { QrComparison } from '../../contract/qr.ts';
import { maskCardsAndNamed } from '../../protocols/masking.ts';
import { sentence } from '../../wording/index.ts';
import type { Known } from './known.ts';
import { visibleAndMasked } from './visible.ts';

export type Verdict = QrComparison['verdict'];

interface Sides {
  /** In the code; null: it does not say. */
  readonly found: Sentence | string | null;
  readonly known: (Omit<Known, 'value'> & { readonly value: Sentence | string }) | null;
}

export function compared(
  topic: Sentence,
  verdict: Verdict,
  what: Sentence,
  { found, known }: Sides,
): QrComparison {
  return {
    topic,
    verdict,
    what,
    found: sayable(found),
    expected: sayable(known?.value ?? null),
    source: known?.source ?? null,
  };
}

const sayable = (value: Sentence | string | null): Sentence | null =>
  typeof value === 'string' ? sentence('qr_value_named', { name: fit(value) }) : value;

/** A value of the code, for a sentence. */
export const fit = (value: string): string => visibleAndMasked(value, maskCardsAndNamed);
