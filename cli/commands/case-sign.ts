/** `case sign`: the merchant reads what was done, then signs it by name. */
import type { Command } from 'commander';
import { maxSignerCharacters } from '../../native-bridge/contract/signature.ts';
import { canAsk, confirm } from '../input.ts';
import { addExamples, type Register } from './register.ts';
import { caseNamed } from './report.ts';
import type { Outcome, Shell } from '../shell.ts';
import { usageError } from '../usage-error.ts';

interface Options {
  readonly yes?: boolean;
}

export function addCaseSign(group: Command, { words, run }: Register): void {
  const command = group
    .command('sign')
    .description(words('cli_case_sign_about', {}))
    .argument('<case>', words('cli_argument_case', {}))
    .argument('<name>', words('cli_argument_signer', {}), readSigner)
    .option('--yes', words('cli_option_yes_sign', {}))
    .action((named: string, signer: string, { yes = false }: Options) =>
      run('case sign', (shell) => sign(shell, named, { signer, yes })),
    );
  addExamples(command, words, [['pos-bench case sign last 王芳', 'cli_example_case_sign']]);
}

function readSigner(text: string): string {
  if (text.trim() !== '' && text.length <= maxSignerCharacters) return text;
  throw usageError('cli_usage_name_length', { limit: maxSignerCharacters });
}

interface Asked {
  readonly signer: string;
  readonly yes: boolean;
}

/** What is signed is what was shown: a case that changes in between is refused. */
async function sign(shell: Shell, named: string, { signer, yes }: Asked): Promise<Outcome> {
  if (!yes && !canAsk(shell)) throw usageError('cli_usage_sign_needs_yes', {});
  const caseId = await caseNamed(shell, named);
  const bridge = await shell.bridge();
  const { signal } = shell;
  const asked = { caseId, format: 'summary', locale: shell.locale } as const;
  const { text, contentSha256 } = await bridge.request('makeReport', asked, { signal });
  const summary = text.trimEnd();
  shell.print(summary);
  if (!yes && !(await confirm(shell, shell.words('cli_ask_sign', { signer }), 'yes'))) {
    shell.print(shell.words('cli_not_case_signed', {}));
    return { exit: 5, result: { caseId, summary, signer: null } };
  }
  const { atUtc, signature } = await bridge.request(
    'signCase',
    { caseId, signer, contentSha256 },
    { signal },
  );
  const { form, contentSha256: hash } = signature;
  shell.print(shell.words('cli_case_signed', { signer: signature.signer, hash }));
  const signed = { atUtc, signer: signature.signer, form, contentSha256: hash };
  return { exit: 0, result: { caseId, summary, ...signed } };
}
