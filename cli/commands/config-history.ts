/** `config history`, `config undo` and `config leave`: what was changed, and taking it back. */
import type { Command } from 'commander';
import { onlyPort, splitPort } from '../arguments/port-argument.ts';
import { commandLine, connect } from '../connect.ts';
import { exitOfCorrection } from '../exit-codes.ts';
import { addExamples, type Register } from './register.ts';
import type { Outcome, Shell } from '../shell.ts';
import { usageError } from '../usage-error.ts';
import { correctionsView, isUndoable } from '../views/corrections-view.ts';
import { correctionView } from '../views/settings-view.ts';
import { terminalLine } from '../views/terminal-view.ts';

export function addConfigHistory(config: Command, { words, run }: Register): void {
  const command = config
    .command('history')
    .description(words('cli_config_history_about', {}))
    .argument('[port]', words('cli_argument_port', {}))
    .action((port: string | undefined) => {
      const named = onlyPort(port);
      run('config history', (shell) => history(shell, named));
    });
  addExamples(command, words, [['pos-bench config history COM7', 'cli_example_config_history']]);
}

async function history(shell: Shell, port: string | null): Promise<Outcome> {
  const terminal = await connect(shell, port);
  const bridge = await shell.bridge();
  const asked = { terminalId: terminal.id };
  const { signal } = shell;
  const result = await bridge.request('listCorrections', asked, { signal });
  const { backups } = await bridge.request('listBackups', asked, { signal });
  const { corrections } = result;
  shell.print(terminalLine(terminal, shell));
  if (corrections.length === 0) shell.print(shell.words('cli_config_history_none', {}));
  else shell.print(correctionsView(corrections, shell));
  const last = corrections.find(isUndoable);
  if (last !== undefined) {
    const undo = commandLine(shell, ['config', 'undo', terminal.portUrl, last.id]);
    shell.print(shell.words('cli_undo_with', { command: undo }));
  }
  return { exit: 0, result: { ...result, backups } };
}

export function addUndo(config: Command, { words, run }: Register): void {
  const command = config
    .command('undo')
    .description(words('cli_config_undo_about', {}))
    .argument('[port]', words('cli_argument_port', {}))
    .argument('[id]', words('cli_argument_correction', {}))
    .option('--overwrite', words('cli_option_overwrite', {}))
    .action(
      (first: string | undefined, more: string | undefined, options: { overwrite?: true }) => {
        const { port, rest } = splitPort([first, more].filter((word) => word !== undefined));
        const [id, ...extra] = rest;
        if (extra.length > 0) throw usageError('cli_usage_not_a_port', { found: id ?? '' });
        const overwrite = options.overwrite ?? false;
        run('config undo', (shell) => undo(shell, port, id ?? null, overwrite));
      },
    );
  addExamples(command, words, [
    ['pos-bench config undo /dev/ttyUSB0', 'cli_example_undo'],
    ['pos-bench config undo /dev/ttyUSB0 ID --overwrite', 'cli_example_undo_overwrite'],
  ]);
}

async function undo(
  shell: Shell,
  port: string | null,
  correctionId: string | null,
  overwrite: boolean,
): Promise<Outcome> {
  const terminal = await connect(shell, port);
  const bridge = await shell.bridge();
  const asked = { terminalId: terminal.id, correctionId, overwrite };
  const correction = await bridge.request('undoCorrection', asked, { signal: shell.signal });
  shell.print(terminalLine(terminal, shell));
  shell.print(correctionView(correction, shell));
  return { exit: exitOfCorrection(correction.outcome), result: correction };
}

export function addLeave(config: Command, { words, run }: Register): void {
  config
    .command('leave')
    .description(words('cli_config_leave_about', {}))
    .argument('<id>', words('cli_argument_interrupted', {}))
    .action((id: string) => run('config leave', (shell) => leave(shell, id)));
}

/** Settles what was cut off without touching the terminal. */
async function leave(shell: Shell, interruptedId: string): Promise<Outcome> {
  const bridge = await shell.bridge();
  const { signal } = shell;
  const correction = await bridge.request('leaveInterrupted', { interruptedId }, { signal });
  shell.print(correctionView(correction, shell));
  shell.print(shell.words('cli_left_as_it_is', { id: correction.id }));
  return { exit: 0, result: correction };
}
