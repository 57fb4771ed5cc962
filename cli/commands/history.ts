/** `history`: cases of earlier visits, and what an earlier run left unfinished. */
import type { Command } from 'commander';
import { checkIdSchema } from '../../native-bridge/contract/diagnosis.ts';
import { flashVerdictSchema } from '../../native-bridge/contract/firmware.ts';
import { isRecording } from '../../native-bridge/contract/port.ts';
import type { CaseSummary } from '../../native-bridge/contract/case.ts';
import { plain, snakeOfKebab } from '../../native-bridge/wording/catalogue.ts';
import {
  checkLabel,
  cleanText,
  formatTime,
  verdictSign,
} from '../../native-bridge/wording/index.ts';
import { oneOf, readSince, wholeNumber } from '../arguments/values.ts';
import { table } from '../output/table.ts';
import { addExamples, type Register } from './register.ts';
import type { Outcome, Shell } from '../shell.ts';

interface Options {
  readonly serial?: string;
  readonly merchant?: string;
  readonly since?: string;
  readonly cause?: string;
  readonly limit: number;
}

const defaultLimit = 20;

export function addHistory(parent: Command, { words, run }: Register): void {
  const limit = wholeNumber('--limit', { min: 1, max: 1000 });
  const command = parent
    .command('history')
    .description(words('cli_history_about', {}))
    .option('--serial <number>', words('cli_option_serial', {}))
    .option('--shop <name>', words('cli_option_shop', {}))
    .option('--since <day>', words('cli_option_since', {}), readSince)
    .option('--cause <check>', words('cli_option_cause', {}), oneOf(checkIdSchema, '--cause'))
    .option('--limit <count>', words('cli_option_limit', {}), limit, defaultLimit)
    .action((options: Options & { shop?: string }) => {
      const { shop, ...rest } = options;
      run('history', (shell) =>
        history(shell, shop === undefined ? rest : { ...rest, merchant: shop }),
      );
    });
  addExamples(command, words, [
    ['pos-bench history', 'cli_example_history'],
    ['pos-bench history --serial 21-0047 --since 2026-01-01', 'cli_example_history_filter'],
  ]);
}

async function history(shell: Shell, options: Options): Promise<Outcome> {
  const bridge = await shell.bridge();
  const { signal } = shell;
  const { serial, merchant, since, cause, limit } = options;
  const filter = {
    serialNumber: serial ?? null,
    merchant: merchant ?? null,
    sinceUtc: since ?? null,
    cause: cause ?? null,
    limit,
  };
  const { cases } = await bridge.request('listCases', filter, { signal });
  const { interrupted } = await bridge.request('listInterrupted', {}, { signal });
  for (const { request, startedUtc, phase } of interrupted) {
    const what = phase === null ? request : `${request} (${phase})`;
    shell.print(
      `${shell.style.yellow('▲')} ${shell.words('cli_was_interrupted', { what, startedUtc })}`,
    );
  }
  shell.print(cases.length === 0 ? shell.words('cli_history_none', {}) : casesView(cases, shell));
  return { exit: 0, result: { cases, interrupted } };
}

function casesView(cases: readonly CaseSummary[], shell: Shell): string {
  const { columns, style, locale } = shell;
  const head = [
    shell.words('cli_head_time', {}),
    shell.words('cli_head_terminal', {}),
    shell.words('cli_head_merchant', {}),
    shell.words('cli_head_result', {}),
    shell.words('cli_head_case', {}),
  ];
  const rows = cases.map((one) => {
    const cause = checkIdSchema.safeParse(one.cause);
    const verdict = flashVerdictSchema.safeParse(one.flashVerdict);
    const parts = [
      ...(isRecording(one.portUrl) ? [shell.words('cli_history_from_recording', {})] : []),
      ...(one.symptom === null ? [] : [one.symptom]),
      ...(cause.success ? [`${verdictSign('fail')} ${checkLabel(cause.data, locale)}`] : []),
      ...(verdict.success ? [plain(`flash_verdict_${snakeOfKebab(verdict.data)}`, locale)] : []),
    ];
    const { model, serialNumber } = one.identity;
    return [
      formatTime(one.openedUtc).slice(0, 16),
      cleanText(`${model} ${serialNumber ?? shell.words('cli_assumed', {})}`, 80),
      cleanText(one.merchant ?? '–', 60),
      parts.length === 0 ? '–' : parts.join(' · '),
      one.id,
    ];
  });
  return table(rows, { columns, head, keep: [4], dim: style.dim });
}
