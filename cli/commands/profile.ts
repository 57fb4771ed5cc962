/** `profile check FILE`: every mistake at once, by file, line and what was expected. `profile list`. */
import type { Command } from 'commander';
import type { ProfileProblem } from '../../native-bridge/contract/requests.ts';
import { cleanText } from '../../native-bridge/wording/index.ts';
import { fileId } from '../connect.ts';
import { table } from '../output/table.ts';
import { addExamples, type Register } from './register.ts';
import type { Outcome, Shell } from '../shell.ts';

export function addProfile(parent: Command, { words, run }: Register): void {
  const profile = parent.command('profile').description(words('cli_profile_about', {}));
  const checking = profile
    .command('check')
    .description(words('cli_profile_check_about', {}))
    .argument('<file>', words('cli_argument_profile', {}))
    .option('--merchant-file', words('cli_option_merchant_file', {}))
    .action((file: string, options: { merchantFile?: boolean }) =>
      run('profile check', (shell) => check(shell, file, options.merchantFile === true)),
    );
  profile
    .command('list')
    .description(words('cli_profile_list_about', {}))
    .action(() => run('profile list', list));
  addExamples(checking, words, [
    ['pos-bench profile check my-model.yaml', 'cli_example_profile_check'],
    ['pos-bench profile check shop.yaml --merchant-file', 'cli_example_merchant_check'],
  ]);
}

async function check(shell: Shell, file: string, isMerchantFile: boolean): Promise<Outcome> {
  const bridge = await shell.bridge();
  const kind = isMerchantFile ? 'merchant' : 'profile';
  const asked = { fileId: await fileId(shell, file), kind } as const;
  const result = await bridge.request('checkProfile', asked, { signal: shell.signal });
  if (result.good) {
    const name = result.name ?? file;
    shell.print(`${shell.style.green('✓')} ${shell.words('cli_profile_good', { name })}`);
  } else {
    const count = result.problems.length;
    shell.print(`${shell.style.red('✕')} ${shell.words('cli_profile_problems', { count })}`);
    for (const problem of result.problems) shell.print(problemText(problem, shell));
  }
  return { exit: result.good ? 0 : 1, result };
}

/** `file:line:column` first, as editors and terminals link it. */
function problemText(problem: ProfileProblem, shell: Shell): string {
  const { file, line, column, path, expectation, found } = problem;
  const place = shell.style.bold(`${cleanText(file, 200)}:${line}:${column}`);
  const expected = shell.say(expectation);
  const facts = { path: path === '' ? '/' : path, expected, found };
  return `${place}  ${shell.words('cli_profile_problem', facts)}`;
}

async function list(shell: Shell): Promise<Outcome> {
  const bridge = await shell.bridge();
  const result = await bridge.request('listProfiles', {}, { signal: shell.signal });
  const rows = result.profiles.map((one) => [
    one.name,
    one.vendor,
    one.model,
    one.labels[shell.locale],
  ]);
  shell.print(table(rows, { columns: shell.columns, dim: shell.style.dim }));
  return { exit: 0, result };
}
