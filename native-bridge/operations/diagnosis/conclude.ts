/** The end of a diagnosis: the cause among all findings, what changed, and both kept in the case. */
import type { Actor, Diagnosis, Routine } from '../../contract/diagnosis.ts';
import type { Knowledge } from '../../contract/knowledge.ts';
import {
  changedChecks,
  runPlaybook,
  wayOf,
  type CheckInput,
  type Judgement,
} from '../../diagnosis/index.ts';
import { cardsFor, phrasedConditions, supportCard } from '../../diagnosis/knowledge/index.ts';
import type { Context } from '../context.ts';

export interface Evidence {
  readonly caseId: string;
  readonly terminalId: string | null;
  readonly input: CheckInput;
  readonly knowledge: Knowledge;
  /** It was read just now, and is kept; else it is there already. */
  readonly isNew: boolean;
  /** This computer's clock less the network's; null: not known. */
  readonly computerAheadMs: number | null;
  /** Of a routine visit: what it says besides. */
  readonly routine: (judged: Judgement) => Promise<Routine | null>;
}

export async function conclude(context: Context, evidence: Evidence): Promise<Diagnosis> {
  const { caseId, terminalId, input, knowledge } = evidence;
  const judged = runPlaybook(input, phrasedConditions(knowledge, input.symptom));
  const before = await lastDiagnosis(context, caseId);
  const { findings, cause, questions, contradictions } = judged;
  const diagnosis: Diagnosis = {
    caseId,
    terminalId,
    symptom: input.symptom,
    atUtc: input.atUtc,
    findings,
    cause,
    support: supportCard(whoActs(judged), judged.condition, knowledge),
    cards: cardsFor(judged.condition, wayOf(input), knowledge),
    questions,
    contradictions,
    answers: input.answers,
    routine: await evidence.routine(judged),
    changed: before ? changedChecks(before.findings, findings) : [],
  };
  const atUtc = new Date().toISOString();
  if (evidence.isNew) {
    const readings = [...input.readings.values()];
    const { computerAheadMs } = evidence;
    await context.records.appendEvent(caseId, {
      kind: 'readings',
      atUtc,
      readings,
      computerAheadMs,
    });
  }
  await context.records.appendEvent(caseId, { kind: 'diagnosis', atUtc, diagnosis });
  return diagnosis;
}

const whoActs = ({ findings, cause }: Judgement): Actor | null =>
  findings.find(({ check }) => check === cause)?.remedy?.who ?? null;

/** The newest of this case; null: there is none. Throws `case-unknown`. */
export async function lastDiagnosis(
  { records }: Pick<Context, 'records'>,
  caseId: string,
): Promise<Diagnosis | null> {
  const { events } = await records.getCase(caseId);
  const last = events.findLast((event) => event.kind === 'diagnosis');
  return last?.diagnosis ?? null;
}
