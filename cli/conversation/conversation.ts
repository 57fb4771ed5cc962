/**
 * The conversation after the readings: one question at a time, what settles most first. Each answer
 * is judged at once (nothing is read again) and kept in the case, so that whoever leaves in between
 * loses nothing. What contradicts is said and asked again, once.
 */
import { BridgeFault } from '../../native-bridge/contract/bridge-fault.ts';
import type { Answers, Diagnosis, Question } from '../../native-bridge/contract/diagnosis.ts';
import { commandLine } from '../command-line.ts';
import { askQuestion } from './ask-question.ts';
import type { Shell } from '../shell.ts';
import { diagnoseAgain } from '../views/diagnose-again.ts';
import { toldContradiction, toldOut, toldStanding } from './told-view.ts';

export interface Talk {
  /** Judges these answers. */
  readonly told: (answers: Answers) => Promise<Diagnosis>;
  /** null: without a terminal. */
  readonly portUrl: string | null;
}

/** Throws `cancelled` where the work was stopped or the keyboard ended; says then how to go on. */
export async function converse(shell: Shell, first: Diagnosis, talk: Talk): Promise<Diagnosis> {
  const state = new Conversation(first);
  shell.note(toldStanding(first, shell));
  try {
    const isEnough = await askAll(shell, state, talk);
    if (isEnough && state.isAsked)
      shell.note(shell.errStyle.dim(shell.words('cli_told_enough', {})));
    return state.diagnosis;
  } catch (error) {
    // Ctrl-D ends the keyboard without stopping the work.
    const isLeft = error instanceof BridgeFault && error.fault.code === 'cancelled';
    if (!isLeft && !shell.signal.aborted) throw error;
    sayHowToGoOn(shell, state.diagnosis, talk);
    throw new BridgeFault('cancelled');
  }
}

/** False: the technician wanted no more questions. */
async function askAll(shell: Shell, state: Conversation, { told }: Talk): Promise<boolean> {
  for (;;) {
    for (const one of state.news()) shell.note(toldContradiction(one, shell));
    const question = state.next();
    if (question === null) return true;
    const reply = await askQuestion(shell, question);
    if (reply.kind === 'stop') return false;
    if (reply.kind === 'answer') {
      const before = state.diagnosis;
      state.take(await told(state.with(question.id, reply.answer)));
      shell.note(toldOut(before, state.diagnosis, { question, answer: reply.answer }, shell));
    } else {
      const answers = state.back();
      if (answers === null) {
        shell.note(shell.words('cli_ask_no_more_back', {}));
        continue;
      }
      state.take(await told(answers));
    }
    shell.note(toldStanding(state.diagnosis, shell));
  }
}

class Conversation {
  diagnosis: Diagnosis;
  /** Questions in the order they were answered here, for going back. */
  readonly #given: string[] = [];
  /** Asked again after a contradiction: each once, whatever is answered. */
  readonly #again = new Set<string>();
  readonly #said = new Set<string>();

  constructor(first: Diagnosis) {
    this.diagnosis = first;
  }

  get isAsked(): boolean {
    return this.#given.length > 0;
  }

  take(diagnosis: Diagnosis): void {
    this.diagnosis = diagnosis;
  }

  /** What is to be asked now; one that was answered only where it contradicts another. */
  next(): Question | null {
    const { questions, answers } = this.diagnosis;
    const contradicting = questions.find(
      ({ id }) => answers[id] !== undefined && !this.#again.has(id),
    );
    const open = questions.find(({ id }) => answers[id] === undefined);
    return contradicting ?? open ?? null;
  }

  with(question: string, answer: string): Answers {
    if (this.diagnosis.answers[question] !== undefined) this.#again.add(question);
    this.#given.push(question);
    return { ...this.diagnosis.answers, [question]: answer };
  }

  /** The answers without the last one given here; null: none was. */
  back(): Answers | null {
    const last = this.#given.pop();
    if (last === undefined) return null;
    return Object.fromEntries(Object.entries(this.diagnosis.answers).filter(([id]) => id !== last));
  }

  /** Contradictions that were not told yet. */
  news(): Diagnosis['contradictions'] {
    const news = this.diagnosis.contradictions.filter(
      ({ questions }) => !this.#said.has(questions.join(' ')),
    );
    for (const { questions } of news) this.#said.add(questions.join(' '));
    return news;
  }
}

function sayHowToGoOn(shell: Shell, diagnosis: Diagnosis, { portUrl }: Talk): void {
  const line = commandLine(shell, diagnoseAgain(diagnosis, portUrl));
  shell.note(`${shell.words('cli_told_kept', {})}\n  ${shell.errStyle.cyan(line)}`);
}
