/** 3.3: the operating cards that help with a cause, for who stands at the counter tomorrow. */
import type { Knowledge } from '../../contract/knowledge.ts';
import type { OperatingCard, Way } from '../../contract/operating-card.ts';

/** More are not read. */
const mostCards = 3;

/** `way`: who scans whom; null: not known, then either way's. */
export function cardsFor(
  condition: string | null,
  way: Way | null,
  { cards }: Pick<Knowledge, 'cards'>,
): OperatingCard[] {
  if (condition === null) return [];
  return cards
    .filter((card) => card.conditions.includes(condition))
    .filter((card) => way === null || card.way === null || card.way === way)
    .slice(0, mostCards);
}
