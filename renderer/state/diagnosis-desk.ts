/** Where a diagnosis is done: at a terminal, or without one. The views of it know no more than this. */
import type { Symptom } from '../../native-bridge/contract/diagnosis.ts';
import type { ParamsInput } from '../../native-bridge/contract/requests.ts';
import type { Desk } from './desk.svelte.ts';
import type { DiagnosisRun } from './diagnosis-run.svelte.ts';
import type { Subject } from './subject.ts';

export interface CaseHolder {
  caseId: string | null;
}

/** One of the five complaints, or a routine visit (巡检) without any. */
export type Purpose = Symptom | 'routine';

/** What is diagnosed: a terminal; or none, and what is known of it all the same. */
export type Diagnosed = Pick<
  ParamsInput<'diagnose'>,
  'terminalId' | 'profile' | 'profileFileId' | 'merchantFileId' | 'shop'
>;

export interface DiagnosisDesk extends CaseHolder {
  readonly diagnosis: DiagnosisRun;
  /** A run can begin, and an answer be judged at once. */
  readonly ready: boolean;
  /** What the drawer shows. */
  subject: Subject | null;
  toggleSubject(subject: Subject): void;
  /** It is of an earlier visit: shown, and no more answered. */
  readonly past?: boolean;
  /** Where a remedy can be carried out; null: no terminal is attached. */
  readonly atTerminal: Desk | null;
}
