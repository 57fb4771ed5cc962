/** The one list of what a rule file's `condition` may name. */
import { conditionIds } from '../rules/index.ts';

export const knownConditions: readonly string[] = conditionIds;
