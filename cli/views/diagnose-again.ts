/** The same diagnosis once more, in its case: what was answered there still counts. */
import type { Diagnosis } from '../../native-bridge/contract/diagnosis.ts';

/** `portUrl` null: without a terminal. */
export const diagnoseAgain = (
  { symptom, caseId }: Pick<Diagnosis, 'symptom' | 'caseId'>,
  portUrl: string | null,
): string[] => {
  const complaint = symptom === null ? ['--routine'] : ['--symptom', symptom];
  return ['diagnose', portUrl ?? '--no-terminal', ...complaint, '--case', caseId];
};
