/**
 * `history delete`: shows what would go, asks, deletes. Without a keyboard or `--yes` it only shows.
 * `--shop` and `--serial` are those of `history`.
 */
import type { Command } from 'commander';
import type { Erasure } from '../../native-bridge/contract/history.ts';
import { dayOf } from '../arguments/values.ts';
import { canAsk, confirm } from '../input.ts';
import { addExamples, type Register } from './register.ts';
import type { Outcome, Shell } from '../shell.ts';
import { usageError } from '../usage-error.ts';

interface Options {
  readonly serial?: string;
  readonly shop?: string;
  readonly before?: string;
  readonly yes?: boolean;
}

export function addHistoryDelete(history: Command, { words, run }: Register): void {
  const command = history
    .command('delete')
    .description(words('cli_history_delete_about', {}))
    .option('--before <day>', words('cli_option_before', {}), dayOf('--before'))
    .option('--yes', words('cli_option_delete_yes', {}))
    .action((_own: unknown, inner: Command) => {
      refuseOthers(history);
      const options = inner.optsWithGlobals<Options>();
      run('history delete', (shell) => deleteHistory(shell, options));
    });
  addExamples(command, words, [
    ['pos-bench history delete --shop 红灯笼面馆', 'cli_example_history_delete'],
  ]);
}

/** Options of the list that a deletion heeds. */
const heeded: readonly string[] = ['shop', 'serial'] satisfies (keyof Options)[];

/** The list's own conditions, which a deletion does not know: left out, it would take more. */
function refuseOthers(history: Command): void {
  for (const option of history.options) {
    const name = option.attributeName();
    if (heeded.includes(name) || history.getOptionValueSource(name) !== 'cli') continue;
    throw usageError('cli_usage_delete_not', { option: option.long ?? name });
  }
}

async function deleteHistory(shell: Shell, options: Options): Promise<Outcome> {
  const { shop, serial, before, yes = false } = options;
  const filter = {
    merchant: shop ?? null,
    serialNumber: serial ?? null,
    beforeUtc: before ?? null,
  };
  if (Object.values(filter).every((value) => value === null || value === '')) {
    throw usageError('cli_usage_delete_what', {});
  }
  const bridge = await shell.bridge();
  const { signal } = shell;
  const would = await bridge.request('deleteHistory', { ...filter, dryRun: true }, { signal });
  if (isNothing(would)) {
    shell.print(shell.words('cli_delete_nothing', {}));
    return { exit: 0, result: { ...would, deleted: false } };
  }
  shell.print(erasureView(would, shell));
  if (
    !yes &&
    !(canAsk(shell) && (await confirm(shell, shell.words('cli_ask_delete', {}), 'yes')))
  ) {
    shell.print(shell.words('cli_not_deleted', {}));
    return { exit: 0, result: { ...would, deleted: false } };
  }
  const gone = await bridge.request('deleteHistory', { ...filter, dryRun: false }, { signal });
  const isDone = gone.rest === 'done';
  shell.print(shell.words(isDone ? 'cli_deleted' : 'cli_deleted_waiting', {}));
  return { exit: 0, result: { ...gone, deleted: true } };
}

function isNothing({ cases, terminals, backups, journalEntries }: Erasure): boolean {
  return cases + terminals + backups + journalEntries === 0;
}

function erasureView(erasure: Erasure, shell: Shell): string {
  const { cases, events, corrections, backups, journalEntries, terminals: count } = erasure;
  const { images, photos, recordings: names, unsettled, mentionsKept } = erasure;
  const rows = { cases, events, corrections, backups, entries: journalEntries };
  const lines = [shell.words('cli_delete_rows', rows)];
  if (count > 0) lines.push(shell.words('cli_delete_terminals', { count }));
  if (images > 0) lines.push(shell.words('cli_delete_images', { count: images }));
  if (photos > 0) lines.push(shell.words('cli_delete_photos', { count: photos }));
  if (names.length > 0) lines.push(shell.words('cli_delete_recordings', { names }));
  const warn = (text: string) => lines.push(`${shell.style.yellow('▲')} ${text}`);
  if (unsettled > 0) warn(shell.words('cli_delete_unsettled', { count: unsettled }));
  if (mentionsKept > 0) warn(shell.words('cli_delete_mentions', { count: mentionsKept }));
  lines.push(shell.style.dim(shell.words('cli_delete_outside', {})));
  return lines.join('\n');
}
