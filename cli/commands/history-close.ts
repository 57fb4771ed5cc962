/** `history close`: the visit is over. */
import type { Command } from 'commander';
import { addExamples, type Register } from './register.ts';
import { caseNamed } from './report.ts';
import type { Outcome, Shell } from '../shell.ts';

export function addHistoryClose(history: Command, { words, run }: Register): void {
  const command = history
    .command('close')
    .description(words('cli_history_close_about', {}))
    .argument('<case>', words('cli_argument_case', {}))
    .action((id: string) => run('history close', (shell) => close(shell, id)));
  addExamples(command, words, [['pos-bench history close last', 'cli_example_history_close']]);
}

async function close(shell: Shell, named: string): Promise<Outcome> {
  const caseId = await caseNamed(shell, named);
  const bridge = await shell.bridge();
  const closed = await bridge.request('closeCase', { caseId }, { signal: shell.signal });
  shell.print(shell.words('cli_case_closed', { id: closed.id }));
  return { exit: 0, result: closed };
}
