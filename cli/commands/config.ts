/** `config …`: the terminal's settings: seen, corrected, backed up, put back. */
import type { Command } from 'commander';
import { onlyPort } from '../arguments/port-argument.ts';
import { connect } from '../connect.ts';
import { addExamples, type Register } from './register.ts';
import type { Outcome, Shell } from '../shell.ts';
import { diffNext, isDifference, isWorthSeeing } from '../views/settings-differences.ts';
import { byHandView, settingsView } from '../views/settings-view.ts';
import { terminalLine } from '../views/terminal-view.ts';
import { addApply } from './config-apply.ts';
import { addBackup, addRestore } from './config-backup.ts';
import { addConfigHistory, addLeave, addUndo } from './config-history.ts';

export function addConfig(parent: Command, register: Register): void {
  const { words, run } = register;
  const config = parent.command('config').description(words('cli_config_about', {}));
  config
    .command('show')
    .description(words('cli_config_show_about', {}))
    .argument('[port]', words('cli_argument_port', {}))
    .action((port: string | undefined) => {
      const named = onlyPort(port);
      run('config show', (shell) => show(shell, named));
    });
  const diff = config
    .command('diff')
    .description(words('cli_config_diff_about', {}))
    .argument('[port]', words('cli_argument_port', {}))
    .option('--all', words('cli_option_all', {}))
    .action((port: string | undefined, { all }: { all?: true }) => {
      const named = onlyPort(port);
      run('config diff', (shell) => showDifferences(shell, named, all ?? false));
    });
  addExamples(diff, words, [
    ['pos-bench config diff COM7 --merchant shop.yaml', 'cli_example_diff'],
  ]);
  addApply(config, register);
  addBackup(config, register);
  addRestore(config, register);
  addConfigHistory(config, register);
  addUndo(config, register);
  addLeave(config, register);
}

async function show(shell: Shell, port: string | null): Promise<Outcome> {
  const terminal = await connect(shell, port);
  const settings = await readSettings(shell, terminal.id);
  shell.print(terminalLine(terminal, shell));
  shell.print(
    settings.rows.length > 0
      ? settingsView(settings.rows, shell)
      : shell.words('cli_no_settings', {}),
  );
  return { exit: 0, result: settings };
}

async function readSettings(shell: Shell, terminalId: string) {
  const bridge = await shell.bridge();
  return await bridge.request('readSettings', { terminalId }, { signal: shell.signal });
}

async function showDifferences(shell: Shell, port: string | null, all: boolean): Promise<Outcome> {
  const terminal = await connect(shell, port);
  const settings = await readSettings(shell, terminal.id);
  const rows = all ? settings.rows : settings.rows.filter(isWorthSeeing);
  shell.print(terminalLine(terminal, shell));
  shell.print(rows.length > 0 ? settingsView(rows, shell) : shell.words('cli_no_difference', {}));
  const byHand = byHandView(rows, shell);
  if (byHand !== null) shell.print(byHand);
  const next = diffNext(rows, terminal.portUrl, shell);
  if (next !== null) shell.print(next);
  return { exit: rows.some(isDifference) ? 1 : 0, result: { ...settings, rows } };
}
