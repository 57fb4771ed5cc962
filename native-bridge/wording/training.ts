/** The faults of a simulated terminal, in words: the simulator knows them by name and in English. */
import type { Locale } from '../contract/common.ts';
import { message, snakeOfKebab } from './catalogue.ts';

/** What the fault simulates; the simulator's own text for one that has no words here. */
export const trainingFaultWords = (
  fault: { readonly name: string; readonly description: string },
  locale: Locale,
): string =>
  message(`app_training_fault_${snakeOfKebab(fault.name)}`, {}, locale) ?? fault.description;

/** The same for the simulated acquirer. */
export const acquirerFaultWords = (
  fault: { readonly name: string; readonly description: string },
  locale: Locale,
): string => message(`probe_fault_${snakeOfKebab(fault.name)}`, {}, locale) ?? fault.description;
