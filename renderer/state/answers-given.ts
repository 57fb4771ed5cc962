/** The answers of a diagnosis as they are shown: which questions are open, what speaks against what. */
import type { Contradiction, Finding, Question } from '../../native-bridge/contract/diagnosis.ts';
import { snakeOfKebab } from '../../native-bridge/wording/index.ts';
import type { DiagnosisRun } from './diagnosis-run.svelte.ts';

/** What settles most now, first; empty: no answer would change the cause. */
export function openQuestions({ finished, answers }: DiagnosisRun): readonly Question[] {
  return (finished?.questions ?? []).filter(({ id }) => !answers.has(id));
}

export interface Contradicting {
  readonly what: Contradiction['what'];
  /** Both, as they can be answered again. */
  readonly questions: readonly Question[];
}

/** An answer that was taken back meanwhile contradicts nothing any more. */
export function contradictingAnswers({ finished, answers }: DiagnosisRun): Contradicting[] {
  return (finished?.contradictions ?? [])
    .filter(({ questions }) => questions.every((id) => answers.has(id)))
    .map(({ what, questions }) => ({
      what,
      questions: (finished?.questions ?? []).filter(({ id }) => questions.includes(id)),
    }));
}

export interface SetAside {
  readonly finding: Finding;
  /** The question whose answer does it; null: it can't be told. */
  readonly question: string | null;
}

/** Failing, and an answer says that the complaint does not come from it; what contradicts is said there. */
export function setAsideByAnswers(run: DiagnosisRun): SetAside[] {
  const said = new Set(contradictingAnswers(run).flatMap(({ questions }) => questions));
  const contradicting = new Set([...said].map(({ id }) => id));
  return [...run.findings.values()]
    .filter(({ ruledOutBy }) => ruledOutBy !== null)
    .map((finding) => ({ finding, question: questionBehind(finding, run.answers) }))
    .filter(({ question }) => question === null || !contradicting.has(question));
}

function questionBehind({ ruledOutBy }: Finding, answers: DiagnosisRun['answers']): string | null {
  const told = [...answers].find(
    ([id, answer]) => ruledOutBy?.key === `out_${snakeOfKebab(id)}_${snakeOfKebab(answer)}`,
  );
  return told?.[0] ?? null;
}
