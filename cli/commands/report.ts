/** `report CASE`: a case as a page for people, as JSON for programs, as ten lines for a chat. */
import { dirname, resolve } from 'node:path';
import { z } from 'zod';
import type { Command } from 'commander';
import { BridgeFault } from '../../native-bridge/contract/bridge-fault.ts';
import { writeWholeFile } from '../../native-bridge/records/whole-file.ts';
import { oneOf } from '../arguments/values.ts';
import { addExamples, type Register } from './register.ts';
import type { Outcome, Shell } from '../shell.ts';
import { usageError } from '../usage-error.ts';

const formatSchema = z.enum(['html', 'json', 'summary']);
type Format = z.infer<typeof formatSchema>;

interface Options {
  readonly format: Format;
  readonly output?: string;
}

export function addReport(parent: Command, { words, run }: Register): void {
  const command = parent
    .command('report')
    .description(words('cli_report_about', {}))
    .argument('<case>', words('cli_argument_case', {}))
    .option(
      '--format <html|json|summary>',
      words('cli_option_format', {}),
      oneOf(formatSchema, '--format'),
      'html',
    )
    .option('-o, --output <file>', words('cli_option_output', {}))
    .action((caseId: string, options: Options) =>
      run('report', (shell) => report(shell, caseId, options)),
    );
  addExamples(command, words, [
    ['pos-bench report last -o report.html', 'cli_example_report'],
    ['pos-bench report last --format json', 'cli_example_report_json'],
    ['pos-bench report last --format summary', 'cli_example_report_summary'],
  ]);
}

async function report(shell: Shell, named: string, options: Options): Promise<Outcome> {
  const caseId = await caseNamed(shell, named);
  const { format, output } = options;
  const bridge = await shell.bridge();
  const asked = { caseId, format, locale: shell.locale };
  const { text, suggestedName } = await bridge.request('makeReport', asked, {
    signal: shell.signal,
  });
  if (output === undefined) {
    // Its last line has its end already.
    shell.print(format === 'summary' ? text.trimEnd() : text);
    return { exit: 0, result: { caseId, format, suggestedName, text } };
  }
  const file = resolve(output);
  await writeReport(file, text);
  shell.print(shell.words('cli_report_written', { file }));
  return { exit: 0, result: { caseId, format, file, sizeBytes: Buffer.byteLength(text) } };
}

/** Throws a BridgeFault `disk-full`, else a UsageError with the file and what the system said. */
export async function writeReport(file: string, content: string | Uint8Array): Promise<void> {
  await writeWholeFile(file, content).catch((cause: unknown) => {
    const reason = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause);
    if (reason === 'ENOSPC' || reason === 'EDQUOT') {
      throw new BridgeFault('disk-full', { folder: dirname(file) }, { cause });
    }
    throw usageError('cli_usage_cannot_write', { file, reason });
  });
}

/** `last` is the newest. */
export async function caseNamed(shell: Shell, named: string): Promise<string> {
  if (named !== 'last') return named;
  const bridge = await shell.bridge();
  const { cases } = await bridge.request('listCases', { limit: 1 }, { signal: shell.signal });
  const [newest] = cases;
  if (newest === undefined) throw usageError('cli_usage_no_case', {});
  return newest.id;
}
