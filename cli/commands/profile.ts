/** `profile check FILE`: every mistake at once, by file, line and what was expected. `profile list`. */
import type { Command } from 'commander';
import { checkFile } from '../checking.ts';
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
      run('profile check', (shell) =>
        checkFile(shell, file, options.merchantFile === true ? 'merchant' : 'profile'),
      ),
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
