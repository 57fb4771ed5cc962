/** The merchant's account: what its app, its papers and its bank say. */
import type { QuestionRules } from './question.ts';

export const accountQuestions = [] as const satisfies QuestionRules;
