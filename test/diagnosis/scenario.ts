/** One condition that a check can find, with what a person who knows the trade expects of it. */
import type { CheckId } from '../../native-bridge/contract/diagnosis.ts';
import type { ConditionId } from '../../native-bridge/diagnosis/rules/index.ts';
import type { Bench } from './terminal.ts';

export interface Scenario {
  readonly condition: ConditionId;
  readonly check: CheckId;
  /**
   * Ladder place: power 0, link 1, address 2, DNS 3, portal 4, clock 5, TLS 6, platform 7, sign-in
   * 8, binding 9, settings 10, QR mode 11, validity 12, scanner 13, operation 14, announcement 15.
   */
  readonly rank: number;
  /** Symptoms it can produce, as `1 4`. */
  readonly symptoms: string;
  readonly make: (bench: Bench) => unknown;
  /** Under a symptom that it can't produce; a fault and a finding where nothing is said. */
  readonly elsewhere?: 'no fault';
}

export const one = (
  condition: ConditionId,
  check: CheckId,
  rank: number,
  symptoms: string,
  make: Scenario['make'],
): Scenario => ({ condition, check, rank, symptoms, make });

/** What a person answers. */
export const told = (bench: Bench, question: string, choice: string): void => {
  bench.answers = { ...bench.answers, [question]: choice };
};
