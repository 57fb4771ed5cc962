/** `firmware inspect|plan|flash|resume`: what an image is, what its flash will do, and doing it. */
import type { Command } from 'commander';
import { flashAllowances } from '../../native-bridge/contract/firmware.ts';
import { onlyPort } from '../arguments/port-argument.ts';
import { collect } from '../arguments/values.ts';
import { chosenProfile, fileId } from '../connect.ts';
import { exitOfImage } from '../exit-codes.ts';
import { addExamples, type Register } from './register.ts';
import type { Outcome, Shell } from '../shell.ts';
import { usageError } from '../usage-error.ts';
import { inspectionView } from '../views/firmware-view.ts';
import { flashFile, planFile, resume, type FlashOptions } from './flash-terminal.ts';

interface FileOptions {
  readonly key?: string[];
}

export function addFirmware(parent: Command, { words, run }: Register): void {
  const firmware = parent.command('firmware').description(words('cli_firmware_about', {}));
  const withKeys = (command: Command) =>
    command.option('--key <pem>', words('cli_option_key', {}), collect);
  const withConsent = (command: Command) =>
    withKeys(command)
      .option('--yes', words('cli_option_yes', {}))
      .option('--allow <name>', words('cli_option_allow', {}), collectAllowance)
      .option('--case <id>', words('cli_option_case', {}));
  const onTerminal = (name: 'plan' | 'flash') =>
    firmware
      .command(name)
      .usage('[options] [port] <file>')
      .argument('[port]', words('cli_argument_port', {}))
      .argument('[file]', words('cli_argument_firmware', {}));

  const inspecting = withKeys(
    firmware.command('inspect').argument('<file>', words('cli_argument_firmware', {})),
  )
    .description(words('cli_inspect_about', {}))
    .action((file: string, { key }: FileOptions) =>
      run('firmware inspect', (shell) => inspect(shell, file, key ?? [])),
    );
  const planning = withKeys(onTerminal('plan'))
    .description(words('cli_plan_about', {}))
    .action((first: string | undefined, second: string | undefined, { key }: FileOptions) => {
      const named = portAndFile('firmware plan', first, second);
      run('firmware plan', (shell) => planFile(shell, named, key ?? []));
    });
  const flashing = withConsent(onTerminal('flash'))
    .description(words('cli_flash_about', {}))
    .action((first: string | undefined, second: string | undefined, options: FlashOptions) => {
      const named = portAndFile('firmware flash', first, second);
      run('firmware flash', (shell) => flashFile(shell, named, options));
    });
  const resuming = withConsent(
    firmware.command('resume').argument('[port]', words('cli_argument_port', {})),
  )
    .description(words('cli_resume_about', {}))
    .action((port: string | undefined, options: FlashOptions) => {
      const named = onlyPort(port);
      run('firmware resume', (shell) => resume(shell, named, options));
    });
  addExamples(inspecting, words, [
    ['pos-bench firmware inspect new.bin --key vendor.pem', 'cli_example_inspect'],
    ['pos-bench firmware inspect new.bin --profile my-model.yaml', 'cli_example_inspect_profile'],
  ]);
  addExamples(planning, words, [
    ['pos-bench firmware plan COM7 new.bin', 'cli_example_plan'],
    ['pos-bench firmware plan COM7 new.bin --json', 'cli_example_plan_json'],
  ]);
  addExamples(flashing, words, [
    ['pos-bench firmware flash COM7 new.bin', 'cli_example_flash'],
    ['pos-bench firmware flash COM7 old.bin --allow image-older --yes', 'cli_example_flash_allow'],
  ]);
  addExamples(resuming, words, [['pos-bench firmware resume COM7', 'cli_example_resume']]);
}

export interface PortAndFile {
  readonly port: string | null;
  readonly file: string;
}

/** `[PORT] FILE`: one word is the file, and the port is `--port` or the only known one. */
function portAndFile(
  command: string,
  first: string | undefined,
  second: string | undefined,
): PortAndFile {
  if (first === undefined) throw usageError('cli_usage_missing_argument', { argument: 'file' });
  if (second === undefined) return { port: null, file: first };
  return { port: onlyPort(first), file: second };
}

function collectAllowance(name: string, before: readonly string[] = []): string[] {
  if ((flashAllowances as readonly string[]).includes(name)) return [...before, name];
  throw usageError('cli_usage_allow', { name, known: flashAllowances.join(', ') });
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
