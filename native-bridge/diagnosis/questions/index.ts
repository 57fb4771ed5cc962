/** Every question of the playbook. */
import { accountQuestions } from './account.ts';
import { comparisonQuestions } from './comparisons.ts';
import { evidenceQuestions } from './evidence.ts';
import { hardwareQuestions } from './hardware.ts';
import { networkQuestions } from './network.ts';
import { openingQuestions } from './opening.ts';
import { platformQuestions } from './platform.ts';
import type { QuestionRule } from './question.ts';
import { settingsQuestions } from './settings.ts';

const all = [
  ...openingQuestions,
  ...evidenceQuestions,
  ...comparisonQuestions,
  ...networkQuestions,
  ...hardwareQuestions,
  ...settingsQuestions,
  ...accountQuestions,
  ...platformQuestions,
] as const;

export type QuestionId = (typeof all)[number]['id'];
export const questionRules: readonly QuestionRule[] = all;

export { coveredBy, selects, type ChoiceRule, type QuestionRule } from './question.ts';
