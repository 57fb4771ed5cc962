/** `questions [--symptom S3]`: what `diagnose --answer` takes. */
import type { Command } from 'commander';
import type { Question, Symptom } from '../../native-bridge/contract/diagnosis.ts';
import { readSymptom } from '../arguments/values.ts';
import { wrap } from '../output/width.ts';
import { addExamples, type Register } from './register.ts';
import type { Outcome, Shell } from '../shell.ts';

export function addQuestions(parent: Command, { words, run }: Register): void {
  const command = parent
    .command('questions')
    .description(words('cli_questions_about', {}))
    .option('--symptom <S1..S5>', words('cli_option_symptom', {}), readSymptom)
    .action(({ symptom }: { symptom?: Symptom }) =>
      run('questions', (shell) => questions(shell, symptom ?? null)),
    );
  addExamples(command, words, [['pos-bench questions --symptom S3', 'cli_example_questions']]);
}

async function questions(shell: Shell, symptom: Symptom | null): Promise<Outcome> {
  const bridge = await shell.bridge();
  const result = await bridge.request('listQuestions', { symptom });
  shell.print(result.questions.map((question) => questionView(question, shell)).join('\n\n'));
  return { exit: 0, result };
}

function questionView({ id, text, how, choices }: Question, shell: Shell): string {
  const { style, columns } = shell;
  const lines = [style.bold(style.cyan(id)), ...indented(shell.say(text), columns)];
  if (how !== null) lines.push(...indented(shell.say(how), columns).map(style.dim));
  const taken = choices.map((choice) => `${id}=${choice.id}`);
  const width = Math.max(0, ...taken.map((one) => one.length)) + 2;
  for (const [at, choice] of choices.entries()) {
    lines.push(`    ${(taken[at] ?? '').padEnd(width)}${shell.say(choice.text)}`);
  }
  if (choices.length === 0) lines.push(`    ${id}=…  ${shell.words('cli_questions_words', {})}`);
  return lines.join('\n');
}

const indented = (text: string, columns: number): string[] =>
  wrap(text, columns - 2).map((line) => `  ${line}`);
