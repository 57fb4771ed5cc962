/** `bundle CASE`: all that is known of a case in one zip, masked, to send to support. */
import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { LeftOut } from '../../native-bridge/contract/bundle.ts';
import { snakeOfKebab } from '../../native-bridge/wording/index.ts';
import { addExamples, type Register } from './register.ts';
import { caseNamed } from './report.ts';
import type { Outcome, Shell } from '../shell.ts';
import { writeSigned, type SignOption } from '../signed-output.ts';

interface Options extends SignOption {
  readonly output?: string;
}

export function addBundle(parent: Command, { words, run }: Register): void {
  const command = parent
    .command('bundle')
    .description(words('cli_bundle_about', {}))
    .argument('<case>', words('cli_argument_case', {}))
    .option('-o, --output <file>', words('cli_option_bundle_output', {}))
    .option('--sign', words('cli_option_sign', {}))
    .option('--no-sign', words('cli_option_no_sign', {}))
    .action((named: string, options: Options) =>
      run('bundle', (shell) => bundle(shell, named, options)),
    );
  addExamples(command, words, [['pos-bench bundle last -o case.zip', 'cli_example_bundle']]);
}

async function bundle(shell: Shell, named: string, options: Options): Promise<Outcome> {
  const caseId = await caseNamed(shell, named);
  const bridge = await shell.bridge();
  const { signal } = shell;
  shell.progress.show(shell.words('cli_bundle_making', {}), 'bundle');
  const made = await bridge.request('makeBundle', { caseId }, { signal });
  shell.progress.clear();
  const { bytes, suggestedName, manifest } = made;
  const { files, leftOut } = manifest;
  const file = resolve(options.output ?? suggestedName);
  const signature = await writeSigned(shell, file, bytes, options);
  const facts = { file, count: files.length + 1, sizeBytes: bytes.length };
  shell.print(shell.words('cli_bundle_written', facts));
  if (signature !== null) shell.print(shell.words('cli_signed', { file: signature }));
  for (const one of leftOut) shell.print(leftOutLine(one, shell));
  if (manifest.masking.notMasked.length > 0) shell.print(shell.words('bundle_photos_unmasked', {}));
  return { exit: 0, result: { caseId, file, sizeBytes: bytes.length, signature, files, leftOut } };
}

function leftOutLine({ what, reason }: LeftOut, shell: Shell): string {
  const why = shell.words(`bundle_left_out_${snakeOfKebab(reason)}`, {});
  return `${shell.style.yellow('▲')} ${shell.words('bundle_left_out', { what, why })}`;
}
