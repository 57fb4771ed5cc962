/** `config backup` and `config restore`: the settings as they were, kept and put back. */
import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { RestoreResult } from '../../native-bridge/contract/backup.ts';
import type { SettingRow } from '../../native-bridge/contract/correction.ts';
import type { Terminal } from '../../native-bridge/contract/terminal.ts';
import { formatTime } from '../../native-bridge/wording/index.ts';
import { onlyPort, splitPort } from '../arguments/port-argument.ts';
import { commandLine, connect, fileId } from '../connect.ts';
import { canAsk, confirm } from '../input.ts';
import { addExamples, type Register } from './register.ts';
import { writeReport } from '../write-report.ts';
import type { Outcome, Shell } from '../shell.ts';
import { usageError } from '../usage-error.ts';
import { restoredView, restorePlanView } from '../views/restore-view.ts';
import { correctionView } from '../views/settings-view.ts';
import { terminalLine } from '../views/terminal-view.ts';

export function addBackup(config: Command, { words, run }: Register): void {
  const command = config
    .command('backup')
    .description(words('cli_config_backup_about', {}))
    .argument('[port]', words('cli_argument_port', {}))
    .option('--out <file>', words('cli_option_backup_out', {}))
    .option('--case <id>', words('cli_option_case', {}))
    .action((port: string | undefined, { out, case: caseId }: { out?: string; case?: string }) => {
      const named = onlyPort(port);
      run('config backup', (shell) => backUp(shell, named, out ?? null, caseId ?? null));
    });
  addExamples(command, words, [
    ['pos-bench config backup COM7 --out shop.json', 'cli_example_backup'],
  ]);
}

async function backUp(
  shell: Shell,
  port: string | null,
  out: string | null,
  caseId: string | null,
): Promise<Outcome> {
  const terminal = await connect(shell, port);
  const bridge = await shell.bridge();
  const { signal } = shell;
  const asked = { terminalId: terminal.id, caseId };
  const { backup } = await bridge.request('backupSettings', asked, { signal });
  shell.print(terminalLine(terminal, shell));
  if (backup === null) {
    shell.print(shell.words('cli_no_settings', {}));
    return { exit: 0, result: { backup, file: null } };
  }
  const { id, settings, unread } = backup;
  shell.print(`${shell.style.green('✓')} ${shell.words('cli_backed_up', { count: settings, id })}`);
  if (unread > 0) shell.print(shell.words('cli_backup_unread', { count: unread }));
  const file = out === null ? null : resolve(out);
  if (file !== null) {
    const { text } = await bridge.request('exportBackup', { backupId: id }, { signal });
    await writeReport(file, text);
    shell.print(shell.words('cli_report_written', { file }));
  }
  const restore = commandLine(shell, [
    'config',
    'restore',
    terminal.portUrl,
    file ?? `--backup=${id}`,
  ]);
  shell.print(shell.words('cli_restore_with', { command: restore }));
  return { exit: 0, result: { backup, file } };
}

interface RestoreOptions {
  readonly backup?: string;
  readonly keys?: string;
  readonly otherTerminal?: true;
  readonly yes?: true;
  readonly case?: string;
}

export function addRestore(config: Command, { words, run }: Register): void {
  const command = config
    .command('restore')
    .description(words('cli_config_restore_about', {}))
    .argument('[port]', words('cli_argument_port', {}))
    .argument('[file]', words('cli_argument_backup', {}))
    .option('--backup <id>', words('cli_option_backup', {}))
    .option('--keys <names>', words('cli_option_keys', {}))
    .option('--other-terminal', words('cli_option_other_terminal', {}))
    .option('--yes', words('cli_option_yes_restore', {}))
    .option('--case <id>', words('cli_option_case', {}))
    .action((first: string | undefined, more: string | undefined, options: RestoreOptions) => {
      const given = [first, more].filter((word) => word !== undefined);
      const { port, rest } = splitPort(given);
      const [file, ...extra] = rest;
      if (extra.length > 0) throw usageError('cli_usage_not_a_port', { found: file ?? '' });
      if (file !== undefined && options.backup !== undefined) {
        throw usageError('cli_usage_together', { one: '--backup', other: file });
      }
      run('config restore', (shell) => restore(shell, port, file ?? null, options));
    });
  addExamples(command, words, [
    ['pos-bench config restore COM7 --yes', 'cli_example_restore'],
    ['pos-bench config restore COM7 old.json --other-terminal', 'cli_example_restore_other'],
  ]);
}

async function restore(
  shell: Shell,
  port: string | null,
  file: string | null,
  options: RestoreOptions,
): Promise<Outcome> {
  if (options.yes !== true && !canAsk(shell)) throw usageError('cli_usage_restore_needs_yes', {});
  // A wrong file name should not have to wait for a terminal.
  const backupFile = file === null ? null : await fileId(shell, file);
  const terminal = await connect(shell, port);
  const asked = {
    terminalId: terminal.id,
    caseId: options.case ?? null,
    backupId: options.backup ?? null,
    fileId: backupFile,
    keys: options.keys === undefined ? null : options.keys.split(','),
    allowOtherTerminal: options.otherTerminal ?? false,
  };
  const bridge = await shell.bridge();
  const { signal } = shell;
  const compared = await bridge.request(
    'restoreSettings',
    { ...asked, compareOnly: true },
    { signal },
  );
  const { rows } = await bridge.request('readSettings', { terminalId: terminal.id }, { signal });
  shell.print(terminalLine(terminal, shell));
  const { backupUtc, changes } = compared;
  shell.print(shell.words('cli_restore_from', { time: formatTime(backupUtc) }));
  if (changes.length === 0) {
    shell.print(restoredView(compared, shell));
    return { exit: 0, result: compared };
  }
  shell.print(restorePlanView(changes, rows, shell));
  if (!(await isWanted(shell, options, changes.length))) {
    shell.print(shell.words('cli_not_restored', {}));
    return { exit: 5, result: compared };
  }
  const result = await bridge.request('restoreSettings', asked, {
    signal,
    onProgress: ({ key, done, of }) =>
      shell.progress.show(shell.words('cli_applying', { key, done, of }), 'restore'),
  });
  shell.progress.clear();
  printRestored(shell, terminal, result, rows);
  const whole = result.failed.length === 0;
  return { exit: whole ? 0 : 5, result };
}

async function isWanted(shell: Shell, { yes }: RestoreOptions, count: number): Promise<boolean> {
  if (yes === true) return true;
  return await confirm(shell, shell.words('cli_ask_restore', { count }), 'yes');
}

function printRestored(
  shell: Shell,
  { portUrl }: Terminal,
  result: RestoreResult,
  rows: readonly SettingRow[],
): void {
  const { correction } = result;
  if (correction !== null) shell.print(correctionView(correction, shell, rows));
  shell.print(restoredView(result, shell));
  if (correction?.outcome !== 'applied') return;
  const undo = commandLine(shell, ['config', 'undo', portUrl]);
  shell.print(shell.words('cli_undo_with', { command: undo }));
}
