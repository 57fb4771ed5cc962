/** `config apply`: before and after are shown, then each is written and read back. */
import type { Command } from 'commander';
import type { SettingRow } from '../../native-bridge/contract/correction.ts';
import { splitPort } from '../arguments/port-argument.ts';
import { readChange } from '../arguments/values.ts';
import { commandLine, connect } from '../connect.ts';
import { exitOfCorrection } from '../exit-codes.ts';
import { readSecret } from '../input.ts';
import { addExamples, type Register } from './register.ts';
import type { Outcome, Shell } from '../shell.ts';
import { usageError } from '../usage-error.ts';
import { byHandView, correctionView, plannedView } from '../views/settings-view.ts';
import { terminalLine } from '../views/terminal-view.ts';

export function addApply(config: Command, { words, run }: Register): void {
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
  const byHand = asked.length === 0 ? byHandView(rows, shell) : null;
  if (byHand !== null) shell.print(byHand);
  if (planned.length === 0) {
    if (byHand === null) shell.print(shell.words('cli_no_difference', {}));
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

/** An empty answer, or none where stdin has ended, is not taken for an empty secret. */
async function typedSecret(shell: Shell, key: string): Promise<string> {
  const typed = await readSecret(shell, key);
  if (typed === null || typed === '') throw usageError('cli_usage_no_secret', { key });
  return typed;
}

/** What has to be set on the terminal itself is told, not tried. */
const isCorrectable = ({ differs, secret, byHand }: SettingRow): boolean =>
  differs && !secret && byHand == null;

/** Without changes: everything that differs from what is expected. */
async function plan(
  shell: Shell,
  rows: readonly SettingRow[],
  asked: readonly { key: string; value: string | null }[],
): Promise<Planned[]> {
  if (asked.length === 0) {
    return rows.flatMap((row) =>
      isCorrectable(row) && row.expected !== null ? [{ row, value: row.expected }] : [],
    );
  }
  const planned: Planned[] = [];
  for (const { key, value } of asked) {
    const row = rows.find((candidate) => candidate.key === key);
    if (row === undefined) {
      throw usageError('cli_usage_unknown_setting', { key, keys: rows.map((one) => one.key) });
    }
    const chosen =
      row.secret && value === '-' ? await typedSecret(shell, key) : (value ?? row.expected);
    if (chosen === null) throw usageError('cli_usage_no_expected', { key });
    planned.push({ row, value: chosen });
  }
  return planned;
}
