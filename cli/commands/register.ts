/** What a command's file needs to say what it is: words, and a way to name the work to be done. */
import type { Command } from 'commander';
import type { MessageKey } from '../../native-bridge/wording/index.ts';
import type { Words } from '../arguments/words.ts';
import { padEnd, widthOf } from '../output/width.ts';
import type { Outcome, Shell } from '../shell.ts';

/** How a command's file says what to do once the arguments are read. */
export interface Register {
  readonly words: Words;
  readonly run: (command: string, work: (shell: Shell) => Promise<Outcome>) => void;
}

/** Examples of a command: what to type, then what it does. */
export function addExamples(
  command: Command,
  words: Words,
  examples: readonly (readonly [line: string, what: MessageKey & `cli_example_${string}`])[],
): void {
  const width = Math.max(...examples.map(([line]) => widthOf(line))) + 2;
  command.addHelpText('after', () => {
    const lines = examples.map(([line, what]) => `  ${padEnd(line, width)}${words(what, {})}`);
    return `\n${words('cli_help_examples', {})}\n${lines.join('\n')}\n`;
  });
}
