/** What only a person can tell. Each has an id that stays the same for ever: answers are kept by it. */
import type { Answer } from '../contract/diagnosis.ts';
import type { Sentence } from '../contract/common.ts';
import type { CheckInput } from './input.ts';
import { sentence } from '../wording/index.ts';

export const questionIds = [
  'platform-up',
  'payment-match',
  'version-admitted',
  'qr-payee',
] as const;
export type QuestionId = (typeof questionIds)[number];

/** A question whose `yes` always means that all is well. */
export interface Ask {
  readonly id: QuestionId;
  readonly text: Sentence;
}

export const platformUp: Ask = { id: 'platform-up', text: sentence('question_platform_up', {}) };
export const paymentMatch: Ask = {
  id: 'payment-match',
  text: sentence('question_payment_match', {}),
};
export const qrPayee: Ask = { id: 'qr-payee', text: sentence('question_qr_payee', {}) };
export const versionAdmitted = (installed: string): Ask => ({
  id: 'version-admitted',
  text: sentence('question_version_admitted', { installed }),
});

/** null while it was not answered. */
export function answerTo(input: CheckInput, id: QuestionId): Answer | null {
  return input.answers[id] ?? null;
}
