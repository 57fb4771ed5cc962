/** `report CASE`: a case as a page for people, as JSON for programs, as ten lines for a chat. */
import { resolve } from 'node:path';
import { z } from 'zod';
import type { Command } from 'commander';
import { oneOf } from '../arguments/values.ts';
import { addExamples, type Register } from './register.ts';
import type { Outcome, Shell } from '../shell.ts';
import { writeSigned, type SignOption } from '../signed-output.ts';
import { usageError } from '../usage-error.ts';

/** `pdf` is named to say where it is made. */
const formatSchema = z.enum(['html', 'json', 'summary', 'pdf']);
type Format = z.infer<typeof formatSchema>;

interface Options extends SignOption {
  readonly format: Format;
  readonly output?: string;
}

export function addReport(parent: Command, { words, run }: Register): void {
  const command = parent
    .command('report')
    .description(words('cli_report_about', {}))
    .argument('<case>', words('cli_argument_case', {}))
    .option(
      '--format <html|json|summary|pdf>',
      words('cli_option_format', {}),
      oneOf(formatSchema, '--format'),
      'html',
    )
    .option('-o, --output <file>', words('cli_option_output', {}))
    .option('--sign', words('cli_option_sign', {}))
    .option('--no-sign', words('cli_option_no_sign', {}))
    .action((caseId: string, options: Options) => {
      const { format, output, sign } = options;
      if (format === 'pdf') throw usageError('cli_usage_pdf', {});
      if (sign === true && output === undefined) throw usageError('cli_usage_sign_output', {});
      run('report', (shell) => report(shell, caseId, { ...options, format }));
    });
  addExamples(command, words, [
    ['pos-bench report last -o report.html', 'cli_example_report'],
    ['pos-bench report last --format json', 'cli_example_report_json'],
    ['pos-bench report last --format summary', 'cli_example_report_summary'],
  ]);
}

type Made = Options & { readonly format: Exclude<Format, 'pdf'> };

async function report(shell: Shell, named: string, options: Made): Promise<Outcome> {
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
  const signature = await writeSigned(shell, file, text, options);
  shell.print(shell.words('cli_report_written', { file }));
  if (signature !== null) shell.print(shell.words('cli_signed', { file: signature }));
  const sizeBytes = Buffer.byteLength(text);
  return { exit: 0, result: { caseId, format, file, sizeBytes, signature } };
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
