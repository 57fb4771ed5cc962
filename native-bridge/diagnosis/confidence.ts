/**
 * How sure a finding is: by how directly it is known, what speaks for and against it, and whether
 * the link from it to the symptom is published or trade knowledge. Never typed in.
 */
import type { Finding } from '../contract/diagnosis.ts';
import type { Mark, Rule } from './rules/rule.ts';

type Confidence = Finding['confidence'];
const levels: readonly Confidence[] = ['low', 'medium', 'high'];

const directness: Readonly<Record<Rule['known'], number>> = { read: 2, derived: 1, asked: 1 };

export interface Grounds {
  readonly known: Rule['known'];
  /** Independent signs for it less those against it. */
  readonly agreement: number;
  /** The mark of its link to the symptom; null where it is not about a symptom. */
  readonly mark: Mark | null;
  /** A reading it rests on is to be taken with care, or one that comes before it is missing. */
  readonly doubts: number;
}

export function confidenceOf({ known, agreement, mark, doubts }: Grounds): Confidence {
  const trade = mark === 'T' ? 1 : 0;
  return atLevel(directness[known] + agreement - trade - doubts);
}

export const lessSure = (confidence: Confidence, steps: number): Confidence =>
  atLevel(levels.indexOf(confidence) - steps);

function atLevel(level: number): Confidence {
  return levels[Math.max(0, Math.min(levels.length - 1, level))] ?? 'low';
}
