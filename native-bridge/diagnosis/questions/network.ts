/** The network as it can be seen without a cable: signs on the screen, the router, a phone. */
import type { QuestionRules } from './question.ts';

export const networkQuestions = [] as const satisfies QuestionRules;
