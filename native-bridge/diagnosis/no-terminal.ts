/**
 * Without a terminal attached nothing is read: the same checks, the same cause, by questions, the
 * terminal's own menu, photos. A model that is not named may have every part.
 */
import type { CheckInput, ModelFacts } from './input.ts';

/** A model of which the bands, the parts and the agreed things matter, and no source of a reading. */
export type GuidedModel = Pick<ModelFacts, 'has' | 'thresholds' | 'expected' | 'firmware'>;

export function withoutTerminal(
  model: GuidedModel,
  told: Pick<CheckInput, 'symptom' | 'answers' | 'atUtc'> & Pick<Partial<CheckInput>, 'understood'>,
): CheckInput {
  const { has, thresholds, expected, firmware } = model;
  return {
    ...told,
    model: { has, thresholds, expected, firmware, readings: new Map(), settings: [] },
    readings: new Map(),
    settings: [],
  };
}

/** Of a terminal that nobody named. */
export const anyParts: ModelFacts['has'] = {
  wifi: true,
  cellular: true,
  ethernet: true,
  battery: true,
  qrDisplay: true,
  scanner: true,
  printer: true,
  speaker: true,
};
