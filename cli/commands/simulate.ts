/** `simulate [acquirer]`: a terminal, or an acquirer, that is not there; it lives until Ctrl-C. */
import type { Command } from 'commander';
import type { ParamsInput, Result } from '../../native-bridge/contract/requests.ts';
import {
  trainingModelSchema,
  trainingUplinkSchema,
  type TrainingModel,
  type TrainingUplink,
} from '../../native-bridge/contract/training.ts';
import { trainingFaultWords } from '../../native-bridge/wording/index.ts';
import { collect, oneOf, wholeNumber } from '../arguments/values.ts';
import { simulateAcquirer, untilInterrupted } from './simulate-acquirer.ts';
import { commandLine } from '../connect.ts';
import { table } from '../output/table.ts';
import { addExamples, type Register } from './register.ts';
import type { Outcome, Shell } from '../shell.ts';
import { usageError } from '../usage-error.ts';

interface Options {
  readonly model: TrainingModel;
  readonly uplink: TrainingUplink;
  readonly pty?: boolean;
  readonly fault?: string[];
  readonly listFaults?: boolean;
  readonly baud: number;
}

const defaultBaud = 115_200;
const defaultModel: TrainingModel = 'codebox';
const defaultUplink: TrainingUplink = 'wifi';

export function addSimulate(parent: Command, { words, run }: Register): void {
  const baud = wholeNumber('--baud', { min: 0, max: 4_000_000 });
  const model = oneOf(trainingModelSchema, '--model');
  const uplink = oneOf(trainingUplinkSchema, '--uplink');
  const command = parent
    .command('simulate')
    .description(words('cli_simulate_about', {}))
    .argument('[what]', words('cli_argument_simulate', {}), readWhat, 'codebox')
    .option('--model <model>', words('cli_option_simulate_model', {}), model, defaultModel)
    .option('--uplink <link>', words('cli_option_simulate_uplink', {}), uplink, defaultUplink)
    .option('--fault <name>', words('cli_option_fault', {}), collect)
    .option('--list-faults', words('cli_option_list_faults', {}))
    .option('--pty', words('cli_option_pty', {}))
    .option('--baud <rate>', words('cli_option_baud', {}), baud, defaultBaud)
    .action((what: What, options: Options) => {
      if (what === 'acquirer') {
        refuseLineOptions(command);
        run('simulate acquirer', (shell) => simulateAcquirer(shell, options));
        return;
      }
      refuseForAndroid(command, options);
      run('simulate', (shell) =>
        options.listFaults === true
          ? listFaults(shell, modelAsked(command, options))
          : simulate(shell, options),
      );
    });
  addExamples(command, words, [
    ['pos-bench simulate --fault wrong-merchant', 'cli_example_simulate'],
    ['pos-bench simulate --model counter', 'cli_example_simulate_counter'],
    ['pos-bench simulate --model at-900', 'cli_example_simulate_android'],
    ['pos-bench simulate --pty', 'cli_example_simulate_pty'],
    [
      'pos-bench simulate acquirer --fault host:certificate-expired',
      'cli_example_simulate_acquirer',
    ],
  ]);
}

const simulated = ['codebox', 'acquirer'] as const;
type What = (typeof simulated)[number];

function readWhat(text: string): What {
  const what = simulated.find((each) => each === text);
  if (what !== undefined) return what;
  throw usageError('cli_usage_simulate_what', { found: text, expected: simulated.join(' | ') });
}

/** null: none was named, and the faults of all are listed. */
const modelAsked = (command: Command, { model }: Options): TrainingModel | null =>
  command.getOptionValueSource('model') === 'cli' ? model : null;

/** The acquirer is on no line. */
function refuseLineOptions(command: Command): void {
  for (const option of ['model', 'uplink', 'pty', 'baud']) {
    if (command.getOptionValueSource(option) === 'cli') {
      throw usageError('cli_usage_simulate_not_for', { option: `--${option}` });
    }
  }
}

/** Android's answers to ADB over TCP alone, in a shop with Wi-Fi. */
function refuseForAndroid(command: Command, { model }: Options): void {
  if (model === 'codebox' || model === 'counter') return;
  for (const option of ['uplink', 'pty', 'baud']) {
    if (command.getOptionValueSource(option) === 'cli') {
      throw usageError('cli_usage_simulate_not_android', { option: `--${option}`, model });
    }
  }
}

async function listFaults(shell: Shell, model: TrainingModel | null): Promise<Outcome> {
  const result = { faults: await faultsOf(shell, model) };
  const head = [shell.words('cli_head_fault', {}), '', shell.words('cli_head_simulates', {})];
  const kinds = {
    terminal: shell.words('cli_fault_kind_terminal', {}),
    line: shell.words('cli_fault_kind_line', {}),
    flash: shell.words('cli_fault_kind_flash', {}),
  };
  const rows = result.faults.map((fault) => [
    fault.name,
    kinds[fault.kind],
    trainingFaultWords(fault, shell.locale),
  ]);
  shell.print(table(rows, { columns: shell.columns, head, dim: shell.style.dim }));
  return { exit: 0, result };
}

async function simulate(shell: Shell, options: Options): Promise<Outcome> {
  const bridge = await shell.bridge();
  const { signal } = shell;
  const faults = options.fault ?? [];
  await refuseUnknown(shell, faults, options.model);
  const asked: ParamsInput<'startTraining'> = {
    model: options.model,
    faults: [...faults],
    uplink: options.uplink,
    transport: options.pty === true ? 'pty' : 'tcp',
    baud: options.baud,
  };
  const result = await bridge.request('startTraining', asked, { signal });
  // Programs need the address now, not at the end.
  shell.publish({ command: 'simulate', ok: true, exitCode: 0, result });
  shell.print(shell.words('cli_simulating', { port: result.portUrl }));
  shell.print(`  ${shell.style.cyan(trainingCommand(shell, result))}`);
  for (const line of appLines(shell, result)) shell.print(line);
  await untilInterrupted(shell);
  return { exit: 0, result };
}

function appLines(shell: Shell, { appFiles }: Result<'startTraining'>): string[] {
  if (appFiles.length === 0) return [];
  const named = appFiles.map(({ kind, path }) => {
    return `  ${path}  ${shell.style.dim(shell.words(`training_app_${kind}`, {}))}`;
  });
  return [shell.words('cli_simulating_apps', {}), ...named];
}

/** Another process does not know what the training merchant expects: the file says it. */
function trainingCommand(shell: Shell, started: Result<'startTraining'>): string {
  const { portUrl, merchantFile } = started;
  return commandLine(shell, ['diagnose', portUrl, '--symptom', 'S3', '--merchant', merchantFile]);
}

/** Those that a model can have; null: that any can. */
async function faultsOf(shell: Shell, model: TrainingModel | null) {
  const bridge = await shell.bridge();
  const { faults } = await bridge.request('listTrainingFaults', {}, { signal: shell.signal });
  return faults.filter(({ models }) => model === null || models.includes(model));
}

/** Before a process is started: a misspelt fault would look like a healthy terminal. */
export async function refuseUnknown(
  shell: Shell,
  faults: readonly string[],
  model: TrainingModel,
): Promise<void> {
  if (faults.length === 0) return;
  const names = new Set((await faultsOf(shell, model)).map((fault) => fault.name));
  const unknown = faults.find((fault) => !names.has(fault));
  if (unknown !== undefined) throw usageError('cli_usage_unknown_fault', { fault: unknown });
}
