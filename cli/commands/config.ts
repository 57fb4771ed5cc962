/** `config show|diff|apply|undo`: the terminal's settings, and correcting them. */
import type { Command } from 'commander';
import type { SettingRow } from '../../native-bridge/contract/correction.ts';
import { onlyPort, splitPort } from '../arguments/port-argument.ts';
import { readChange } from '../arguments/values.ts';
import { commandLine, connect } from '../connect.ts';
import { exitOfCorrection } from '../exit-codes.ts';
import { readSecret } from '../input.ts';
import { addExamples, type Register } from './register.ts';
import type { Outcome, Shell } from '../shell.ts';
import { usageError } from '../usage-error.ts';
import { correctionView, plannedView, settingsView } from '../views/settings-view.ts';
import { terminalLine } from '../views/terminal-view.ts';

export function addConfig(parent: Command, register: Register): void {
  const { words, run } = register;
  const config = parent.command('config').description(words('cli_config_about', {}));
  config
    .command('show')
    .description(words('cli_config_show_about', {}))
    .argument('[port]', words('cli_argument_port', {}))
    .action((port: string | undefined) => {
      const named = onlyPort(port);
      run('config show', (shell) => show(shell, named, false));
    });
  config
    .command('diff')
    .description(words('cli_config_diff_about', {}))
    .argument('[port]', words('cli_argument_port', {}))
    .action((port: string | undefined) => {
      const named = onlyPort(port);
      run('config diff', (shell) => show(shell, named, true));
    });
  addApply(config, register);
  const undo = config
    .command('undo')
    .description(words('cli_config_undo_about', {}))
    .argument('[port]', words('cli_argument_port', {}))
    .option('--correction <id>', words('cli_option_correction', {}))
    .action((port: string | undefined, options: { correction?: string }) => {
      const named = onlyPort(port);
      run('config undo', (shell) => undoCorrection(shell, named, options.correction ?? null));
    });
  addExamples(undo, words, [['pos-bench config undo /dev/ttyUSB0', 'cli_example_undo']]);
}

function addApply(config: Command, { words, run }: Register): void {
  const apply = config
    .command('apply')
    .description(words('cli_config_apply_about', {}))
    .argument('[port]', words('cli_argument_port', {}))
    .argument('[changes...]', words('cli_argument_changes', {}))
    .option('--case <id>', words('cli_option_case', {}))
    .action((first: string | undefined, more: string[], options: { case?: string }) => {
      const { port, rest } = splitPort(first === undefined ? [] : [first, ...more]);
      const asked = rest.map(readChange);
      run('config apply', (shell) => applyChanges(shell, port, asked, options.case ?? null));
    });
  addExamples(apply, words, [
    ['pos-bench config apply COM7 --merchant shop.yaml', 'cli_example_apply_all'],
    ['pos-bench config apply COM7 qr.mode=dynamic', 'cli_example_apply_one'],
    ['pos-bench config apply COM7 wifi.psk=-', 'cli_example_apply_secret'],
  ]);
}

async function show(shell: Shell, port: string | null, onlyDiffering: boolean): Promise<Outcome> {
  const terminal = await connect(shell, port);
  const bridge = await shell.bridge();
  const asked = { terminalId: terminal.id };
  const settings = await bridge.request('readSettings', asked, { signal: shell.signal });
  const rows = onlyDiffering ? settings.rows.filter((row) => row.differs) : settings.rows;
  shell.print(terminalLine(terminal, shell));
  if (rows.length > 0) shell.print(settingsView(rows, shell));
  else shell.print(shell.words(onlyDiffering ? 'cli_no_difference' : 'cli_no_settings', {}));
  if (onlyDiffering && rows.length > 0) {
    const command = ['config', 'apply', terminal.portUrl, ...rows.map((row) => row.key)];
    shell.print(`${shell.words('cli_next', {})}\n  ${commandLine(shell, command)}`);
  }
  return { exit: onlyDiffering && rows.length > 0 ? 1 : 0, result: { ...settings, rows } };
}

interface Planned {
  readonly row: SettingRow;
  readonly value: string;
}

async function applyChanges(
  shell: Shell,
  port: string | null,
  asked: readonly { key: string; value: string | null }[],
  caseId: string | null,
): Promise<Outcome> {
  const terminal = await connect(shell, port);
  const { id: terminalId } = terminal;
  const bridge = await shell.bridge();
  const { signal } = shell;
  const { rows } = await bridge.request('readSettings', { terminalId }, { signal });
  const planned = await plan(shell, rows, asked);
  shell.print(terminalLine(terminal, shell));
  if (planned.length === 0) {
    shell.print(shell.words('cli_no_difference', {}));
    return { exit: 0, result: null };
  }
  shell.print(plannedView(planned, shell));
  const changes = planned.map(({ row, value }) => ({ key: row.key, value }));
  const correction = await bridge.request(
    'applySettings',
    { terminalId, caseId, changes },
    {
      signal,
      onProgress: ({ key, done, of }) =>
        shell.progress.show(shell.words('cli_applying', { key, done, of }), 'apply'),
    },
  );
  shell.print(correctionView(correction, shell, rows));
  if (correction.outcome === 'applied') {
    const undo = commandLine(shell, ['config', 'undo', terminal.portUrl]);
    shell.print(shell.words('cli_undo_with', { command: undo }));
  }
  return { exit: exitOfCorrection(correction.outcome), result: correction };
}

/** Without changes: everything that differs from what is expected. */
async function plan(
  shell: Shell,
  rows: readonly SettingRow[],
  asked: readonly { key: string; value: string | null }[],
): Promise<Planned[]> {
  if (asked.length === 0) {
    return rows.flatMap((row) =>
      row.differs && !row.secret && row.expected !== null ? [{ row, value: row.expected }] : [],
    );
  }
  const planned: Planned[] = [];
  for (const { key, value } of asked) {
    const row = rows.find((candidate) => candidate.key === key);
    if (row === undefined) {
      throw usageError('cli_usage_unknown_setting', { key, keys: rows.map((one) => one.key) });
    }
    const wanted = row.secret && value === '-' ? await readSecret(shell, key) : value;
    const chosen = wanted ?? row.expected;
    if (chosen === null) throw usageError('cli_usage_no_expected', { key });
    planned.push({ row, value: chosen });
  }
  return planned;
}

async function undoCorrection(
  shell: Shell,
  port: string | null,
  correctionId: string | null,
): Promise<Outcome> {
  const terminal = await connect(shell, port);
  const bridge = await shell.bridge();
  const asked = { terminalId: terminal.id, correctionId };
  const correction = await bridge.request('undoCorrection', asked, { signal: shell.signal });
  shell.print(terminalLine(terminal, shell));
  shell.print(correctionView(correction, shell));
  return { exit: exitOfCorrection(correction.outcome), result: correction };
}
