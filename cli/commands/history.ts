/** `history`: cases of earlier visits, what an earlier run left unfinished, and how long cases stay. */
import type { Command } from 'commander';
import { checkIdSchema } from '../../native-bridge/contract/diagnosis.ts';
import { flashVerdictSchema, type FlashVerdict } from '../../native-bridge/contract/firmware.ts';
import type { Result } from '../../native-bridge/contract/requests.ts';
import { dayOf, endOfDay, oneOf, readKeepDays, wholeNumber } from '../arguments/values.ts';
import { casesView } from '../views/cases-view.ts';
import { addHistoryClose } from './history-close.ts';
import { addHistoryDelete } from './history-delete.ts';
import { addExamples, type Register } from './register.ts';
import { commandLine } from '../command-line.ts';
import type { Outcome, Shell } from '../shell.ts';

interface Options {
  readonly serial?: string;
  readonly shop?: string;
  readonly since?: string;
  readonly until?: string;
  readonly cause?: string;
  readonly verdict?: FlashVerdict;
  readonly search?: string;
  readonly open?: true;
  readonly limit: number;
  /** 0: for ever. */
  readonly keepDays?: number;
}

const defaultLimit = 20;

export function addHistory(parent: Command, register: Register): void {
  const { words, run } = register;
  const limit = wholeNumber('--limit', { min: 1, max: 1000 });
  const command = parent
    .command('history')
    .description(words('cli_history_about', {}))
    .option('--serial <number>', words('cli_option_serial', {}))
    .option('--shop <name>', words('cli_option_shop', {}))
    .option('--since <day>', words('cli_option_since', {}), dayOf('--since'))
    .option('--until <day>', words('cli_option_until', {}), endOfDay('--until'))
    .option('--cause <check>', words('cli_option_cause', {}), oneOf(checkIdSchema, '--cause'))
    .option(
      '--verdict <verdict>',
      words('cli_option_verdict', {}),
      oneOf(flashVerdictSchema, '--verdict'),
    )
    .option('--search <words>', words('cli_option_search', {}))
    .option('--open', words('cli_option_open', {}))
    .option('--limit <count>', words('cli_option_limit', {}), limit, defaultLimit)
    .option('--keep-days <days|off>', words('cli_option_keep_days', {}), readKeepDays)
    .action((options: Options) => run('history', (shell) => history(shell, options)));
  addExamples(command, words, [
    ['pos-bench history', 'cli_example_history'],
    ['pos-bench history --serial 21-0047 --since 2026-01-01', 'cli_example_history_filter'],
    ['pos-bench history --keep-days 180', 'cli_example_history_keep'],
  ]);
  addHistoryClose(command, register);
  addHistoryDelete(command, register);
}

async function history(shell: Shell, options: Options): Promise<Outcome> {
  const bridge = await shell.bridge();
  const { signal } = shell;
  const { keepDays, limit } = options;
  if (keepDays !== undefined) {
    const wanted = { keepDays: keepDays === 0 ? null : keepDays };
    await bridge.request('setPreferences', wanted, { signal });
  }
  const { cases, damaged, total } = await bridge.request('listCases', filterOf(options), {
    signal,
  });
  const { interrupted } = await bridge.request('listInterrupted', {}, { signal });
  const kept = await bridge.request('getPreferences', {}, { signal });
  for (const entry of interrupted) shell.print(interruptedLine(entry, shell));
  if (damaged.length > 0) shell.note(shell.words('cases_damaged', { cases: damaged }));
  shell.print(cases.length === 0 ? shell.words('cli_history_none', {}) : casesView(cases, shell));
  if (total > limit) shell.note(shell.words('cli_history_more', { shown: limit, total }));
  if (kept.keepDays !== null) {
    shell.print(shell.words('cli_history_keeps', { count: kept.keepDays }));
  } else if (keepDays !== undefined) shell.print(shell.words('cli_history_keeps_always', {}));
  return { exit: 0, result: { cases, damaged, total, interrupted, keepDays: kept.keepDays } };
}

function filterOf({ serial, shop, since, until, cause, verdict, search, open, limit }: Options) {
  return {
    serialNumber: serial ?? null,
    merchant: shop ?? null,
    sinceUtc: since ?? null,
    untilUtc: until ?? null,
    cause: cause ?? null,
    flashVerdict: verdict ?? null,
    text: search ?? null,
    state: open === true ? ('open' as const) : null,
    limit,
  };
}

type Interrupted = Result<'listInterrupted'>['interrupted'][number];

function interruptedLine(entry: Interrupted, shell: Shell): string {
  const { id, request, startedUtc, phase, next } = entry;
  const what = phase === null ? request : `${request} (${phase})`;
  const sign = shell.style.yellow('▲');
  const lines = [`${sign} ${shell.words('cli_was_interrupted', { what, startedUtc })}`];
  if (next !== undefined) lines.push(`  ${shell.say(next)}`);
  if (id !== undefined && request !== 'flash') {
    lines.push(`  ${commandLine(shell, ['config', 'leave', id], false)}`);
  }
  return lines.join('\n');
}
