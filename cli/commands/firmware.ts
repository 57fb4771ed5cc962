/** `firmware inspect|plan|flash`: what an image is, what its flash will do, and doing it. */
import type { Command } from 'commander';
import type { FlashPlan, FlashResult } from '../../native-bridge/contract/firmware.ts';
import type { Terminal } from '../../native-bridge/contract/terminal.ts';
import { collect } from '../arguments/values.ts';
import { chosenProfile, connect, fileId } from '../connect.ts';
import { exitOfFlash, exitOfImage } from '../exit-codes.ts';
import { canAsk, confirm } from '../input.ts';
import { withSleepWarning } from '../keep-awake.ts';
import { addExamples, type Register } from './register.ts';
import type { Outcome, Shell } from '../shell.ts';
import { usageError } from '../usage-error.ts';
import { flashResultView, inspectionView, planView } from '../views/firmware-view.ts';
import { terminalLine } from '../views/terminal-view.ts';
import { runFlash } from './run-flash.ts';

interface FileOptions {
  readonly key?: string[];
}
interface FlashOptions extends FileOptions {
  readonly yes?: boolean;
  readonly allow?: string[];
  readonly case?: string;
}

export function addFirmware(parent: Command, { words, run }: Register): void {
  const firmware = parent.command('firmware').description(words('cli_firmware_about', {}));
  const take = (name: 'inspect' | 'plan' | 'flash') =>
    firmware
      .command(name)
      .argument('<file>', words('cli_argument_firmware', {}))
      .option('--key <pem>', words('cli_option_key', {}), collect);
  const inspecting = take('inspect')
    .description(words('cli_inspect_about', {}))
    .action((file: string, { key }: FileOptions) =>
      run('firmware inspect', (shell) => inspect(shell, file, key ?? [])),
    );
  const planning = take('plan')
    .description(words('cli_plan_about', {}))
    .action((file: string, { key }: FileOptions) =>
      run('firmware plan', async (shell) => {
        const { plan } = await makePlan(shell, file, key ?? []);
        return { exit: plan.blockers.length > 0 ? 4 : 0, result: plan };
      }),
    );
  const flashing = take('flash')
    .description(words('cli_flash_about', {}))
    .option('--yes', words('cli_option_yes', {}))
    .option('--allow <name>', words('cli_option_allow', {}), collect)
    .option('--case <id>', words('cli_option_case', {}))
    .action((file: string, options: FlashOptions) =>
      run('firmware flash', (shell) => flash(shell, file, options)),
    );
  addExamples(inspecting, words, [
    ['pos-bench firmware inspect new.bin --key vendor.pem', 'cli_example_inspect'],
    ['pos-bench firmware inspect new.bin --profile my-model.yaml', 'cli_example_inspect_profile'],
  ]);
  addExamples(planning, words, [
    ['pos-bench firmware plan new.bin --port COM7', 'cli_example_plan'],
  ]);
  addExamples(flashing, words, [
    ['pos-bench firmware flash new.bin --port COM7', 'cli_example_flash'],
    [
      'pos-bench firmware flash old.bin --port COM7 --allow image-older --yes',
      'cli_example_flash_allow',
    ],
  ]);
}

async function inspect(shell: Shell, file: string, keys: readonly string[]): Promise<Outcome> {
  const bridge = await shell.bridge();
  const asked = {
    fileId: await fileId(shell, file),
    keyFileIds: await Promise.all(keys.map((key) => fileId(shell, key))),
    ...(await chosenProfile(shell)),
  };
  const image = await bridge.request('inspectFirmware', asked, { signal: shell.signal });
  shell.print(inspectionView(image, shell));
  return { exit: exitOfImage(image.verdict), result: image };
}

interface MadePlan {
  readonly terminal: Terminal;
  readonly plan: FlashPlan;
  readonly keyFileIds: readonly string[];
}

async function makePlan(shell: Shell, file: string, keys: readonly string[]): Promise<MadePlan> {
  // A wrong file name should not have to wait for a terminal.
  const image = await fileId(shell, file);
  const keyFileIds = await Promise.all(keys.map((key) => fileId(shell, key)));
  const terminal = await connect(shell, null);
  const bridge = await shell.bridge();
  const asked = { terminalId: terminal.id, fileId: image, keyFileIds };
  const plan = withSleepWarning(await bridge.request('planFlash', asked, { signal: shell.signal }));
  shell.print(terminalLine(terminal, shell));
  shell.print(planView(plan, shell));
  return { terminal, plan, keyFileIds };
}

async function flash(shell: Shell, file: string, options: FlashOptions): Promise<Outcome> {
  if (options.yes !== true && !canAsk(shell)) throw usageError('cli_usage_needs_yes', {});
  const { plan, keyFileIds } = await makePlan(shell, file, options.key ?? []);
  const allow = options.allow ?? [];
  const standing = plan.blockers.filter(
    (blocker) => !blocker.allowable || !allow.includes(blocker.code),
  );
  if (standing.length > 0) {
    shell.print(shell.words('cli_flash_blocked', { count: standing.length }));
    return { exit: 4, result: { plan, flash: null } };
  }
  if (options.yes !== true) {
    const question = shell.words('cli_ask_flash', { version: plan.toVersion });
    if (!(await confirm(shell, question, 'yes'))) {
      shell.print(shell.words('cli_not_flashed', {}));
      return { exit: 5, result: { plan, flash: null } };
    }
  }
  const caseId = options.case ?? null;
  const result: FlashResult = await runFlash(shell, plan, { keyFileIds, allow, caseId });
  shell.print(flashResultView(result, shell));
  return { exit: exitOfFlash(result.verdict), result: { plan, flash: result } };
}
