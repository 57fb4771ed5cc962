/** `--answer` before anything is opened: a question or a choice that there is none of is told by name. */
import { dontKnow, type Answers, type Question } from '../../native-bridge/contract/diagnosis.ts';
import type { Shell } from '../shell.ts';
import { usageError } from '../usage-error.ts';

/** Throws a UsageError with the choices that there are. */
export async function checkAnswers(shell: Shell, answers: Answers): Promise<void> {
  const bridge = await shell.bridge();
  const { questions } = await bridge.request('listQuestions', {});
  for (const [id, answer] of Object.entries(answers)) {
    const question = questions.find((one) => one.id === id);
    if (question === undefined) throw usageError('cli_usage_no_question', { question: id });
    checkChoice(shell, question, answer);
  }
}

function checkChoice(shell: Shell, { id, choices }: Question, answer: string): void {
  if (answer === dontKnow) return;
  // As the next step shows it, to be filled in.
  if (choices.length === 0 ? answer !== '…' : choices.some((choice) => choice.id === answer))
    return;
  const expected =
    choices.length === 0
      ? shell.words('cli_questions_words', {})
      : choices.map((choice) => `${choice.id} (${shell.say(choice.text)})`).join(' | ');
  throw usageError('cli_usage_value', { what: `--answer ${id}`, found: answer, expected });
}
