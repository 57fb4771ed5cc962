/** One question at the keyboard: its words, how to find out, numbered choices, and the ways out. */
import { BridgeFault } from '../../native-bridge/contract/bridge-fault.ts';
import { dontKnow, type Question } from '../../native-bridge/contract/diagnosis.ts';
import { readAnswer } from '../input.ts';
import { wrap } from '../output/width.ts';
import type { Shell } from '../shell.ts';
import { replyTo, wayOut, type Numbered } from './reply.ts';

export type Answered =
  | { readonly kind: 'answer'; readonly answer: string }
  | { readonly kind: 'back' }
  | { readonly kind: 'stop' };

const longestWords = 2_000;

/** Asked until it is understood. Throws `cancelled` where the work was stopped or nobody is there. */
export async function askQuestion(shell: Shell, question: Question): Promise<Answered> {
  shell.note('');
  shell.note(shell.errStyle.bold(asked(shell, question)));
  if (question.how !== null) shell.note(indented(shell, shell.say(question.how)));
  const choices = question.choices.map(({ id, text }) => ({ id, words: shell.say(text) }));
  for (const [at, { words }] of choices.entries()) {
    const mark = question.answer === choices[at]?.id ? ' ◀' : '';
    shell.note(`  ${String(at + 1)}  ${words}${mark}`);
  }
  return choices.length === 0 ? await askWords(shell) : await askChoice(shell, choices);
}

/** A question that was answered already is asked again. */
function asked(shell: Shell, { kind, text, answer }: Question): string {
  const again = answer === null ? '' : `${shell.words('cli_told_asked_again', {})} `;
  const sort = kind === 'comparison' ? shell.words('cli_ask_comparison', {}) : '';
  return wrap(`${again}${sort}${shell.say(text)}`, shell.columns).join('\n');
}

const indented = (shell: Shell, text: string): string =>
  wrap(text, shell.columns - 2)
    .map((line) => `  ${shell.errStyle.dim(line)}`)
    .join('\n');

async function askChoice(shell: Shell, choices: readonly Numbered[]): Promise<Answered> {
  for (;;) {
    const line = await lineOf(shell, shell.words('cli_ask_choice', {}));
    const reply = replyTo(line, choices);
    if (reply.kind === 'choice') return { kind: 'answer', answer: reply.id };
    if (reply.kind !== 'unclear') return reply;
    if (line.trim() === '') continue;
    shell.note(shell.words('cli_ask_not_understood', { found: line, count: choices.length }));
  }
}

async function askWords(shell: Shell): Promise<Answered> {
  const line = (await lineOf(shell, shell.words('cli_ask_words', {}))).trim();
  const way = wayOut(line);
  if (way !== null) return { kind: way };
  return { kind: 'answer', answer: line === '' ? dontKnow : line.slice(0, longestWords) };
}

async function lineOf(shell: Shell, prompt: string): Promise<string> {
  const line = await readAnswer(shell, prompt);
  if (line === null) throw new BridgeFault('cancelled');
  return line;
}
