/** The payment host's name for a sentence: as the profile has it, or in words. */
import { perLocale, readingLabel, type PerLocale } from '../wording/index.ts';
import type { CheckInput } from './input.ts';

export function paymentHostName(input: CheckInput): string | PerLocale {
  const name = input.model.expected.paymentHost;
  return name ?? perLocale((locale) => readingLabel('network.paymentHostReached', locale));
}
