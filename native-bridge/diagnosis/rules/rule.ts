/** What a condition of a terminal means. Data; the checks only say which conditions they saw. */
import type { Actor, CheckId, Rung, Symptom } from '../../contract/diagnosis.ts';

/**
 * Where we know from that a condition produces a symptom: `S` a published source (the field guide
 * among them), `T` trade knowledge that the field has yet to confirm, which costs confidence.
 */
export type Mark = 'S' | 'T';

export interface Rule {
  readonly check: CheckId;
  /** Only what fails can be a cause. */
  readonly verdict: 'fail' | 'warn';
  /** Where it stands on the ladder; the lowest failing one is the cause. */
  readonly rung: Rung;
  /** `read` from the terminal, `derived` from what was read, `asked` of the technician. */
  readonly known: 'read' | 'derived' | 'asked';
  readonly produces: Readonly<Partial<Record<Symptom, Mark>>>;
  readonly who: Actor;
  /** New firmware is the remedy. */
  readonly flash?: true;
}

export type Rules = Readonly<Record<string, Rule>>;
