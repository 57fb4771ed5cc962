/**
 * `diagnose [PORT] --symptom S3`: the playbook, its cause, and what to do. At a keyboard it asks:
 * which of the five it is, and then what settles most. With `--no-terminal` it does nothing but ask.
 */
import type { Command } from 'commander';
import { onlyPort } from '../arguments/port-argument.ts';
import type { Answers, Diagnosis, Symptom } from '../../native-bridge/contract/diagnosis.ts';
import type { ParamsInput } from '../../native-bridge/contract/requests.ts';
import type { Terminal } from '../../native-bridge/contract/terminal.ts';
import { collectAnswer, readSymptom } from '../arguments/values.ts';
import { checkedRules, chosenProfile, connect, fileId } from '../connect.ts';
import { checkAnswers } from '../conversation/check-answers.ts';
import { askSymptom } from '../conversation/ask-symptom.ts';
import { converse } from '../conversation/conversation.ts';
import { exitOfDiagnosis } from '../exit-codes.ts';
import { canAsk } from '../input.ts';
import { addExamples, type Register } from './register.ts';
import { runDiagnosis } from './run-diagnosis.ts';
import type { Outcome, Shell } from '../shell.ts';
import { usageError } from '../usage-error.ts';
import { diagnosisView } from '../views/diagnosis-view.ts';
import { nextSteps } from '../views/next-steps.ts';
import { noTerminalLine, terminalLine } from '../views/terminal-view.ts';

interface Options {
  readonly symptom?: Symptom;
  readonly routine?: true;
  /** False: `--no-terminal`. */
  readonly terminal: boolean;
  /** False: `--no-questions`. */
  readonly questions: boolean;
  readonly answer?: Answers;
  readonly shop?: string;
  readonly case?: string;
  readonly summary?: true;
  readonly all?: true;
}

export function addDiagnose(parent: Command, { words, run }: Register): void {
  const command = parent
    .command('diagnose')
    .description(words('cli_diagnose_about', {}))
    .argument('[port]', words('cli_argument_port', {}))
    .option('--symptom <S1..S5>', words('cli_option_symptom', {}), readSymptom)
    .option('--routine', words('cli_option_routine', {}))
    .option('--no-terminal', words('cli_option_no_terminal', {}))
    .option('--answer <question=choice>', words('cli_option_answer', {}), collectAnswer)
    .option('--no-questions', words('cli_option_no_questions', {}))
    .option('--shop <name>', words('cli_option_diagnose_shop', {}))
    .option('--case <id>', words('cli_option_case', {}))
    .option('--summary', words('cli_option_summary', {}))
    .option('--all', words('cli_option_all_checks', {}))
    .action((port: string | undefined, options: Options) => {
      const named = onlyPort(port);
      refuseTogether(named, options);
      run('diagnose', (shell) => diagnose(shell, named, options));
    });
  addExamples(command, words, [
    ['pos-bench diagnose /dev/ttyUSB0 --symptom S3', 'cli_example_diagnose'],
    [
      'pos-bench diagnose COM7 --symptom S1 --answer platform-up=yes',
      'cli_example_diagnose_answer',
    ],
    ['pos-bench diagnose COM7 --symptom S3 --summary', 'cli_example_diagnose_summary'],
    ['pos-bench diagnose --no-terminal --symptom S3', 'cli_example_diagnose_no_terminal'],
    ['pos-bench diagnose COM7 --routine', 'cli_example_diagnose_routine'],
  ]);
}

function refuseTogether(port: string | null, { symptom, routine, terminal }: Options): void {
  if (routine === true && symptom !== undefined) {
    throw usageError('cli_usage_together', { one: '--routine', other: '--symptom' });
  }
  if (!terminal && port !== null) {
    throw usageError('cli_usage_together', { one: '--no-terminal', other: port });
  }
}

async function diagnose(shell: Shell, port: string | null, options: Options): Promise<Outcome> {
  const rulesFileId = await checkedRules(shell);
  const { answer = {}, case: caseId = null, shop = null, all = false } = options;
  const mayAsk = options.questions && canAsk(shell);
  if (caseId !== null || Object.keys(answer).length > 0) await checkAnswers(shell, answer);
  const earlier = caseId === null ? null : await diagnosedBefore(shell, caseId);
  const symptom = await chosenSymptom(shell, options, { earlier, mayAsk });
  const terminal = options.terminal ? await connect(shell, port) : null;
  const subject: Subject = {
    ...(terminal === null ? await withoutTerminal(shell) : { terminalId: terminal.id }),
    rulesFileId,
  };
  const answers = { ...earlier?.answers, ...answer };
  const first = await runDiagnosis(shell, { ...subject, symptom, answers, caseId, shop });
  const again = { ...subject, symptom, shop, caseId: first.caseId, reuse: true };
  const told = (given: Answers) => runDiagnosis(shell, { ...again, answers: given });
  const portUrl = terminal?.portUrl ?? null;
  const result = mayAsk ? await converse(shell, first, { told, portUrl }) : first;
  if (options.summary === true) return await summarised(shell, result);
  show(shell, result, { terminal, shop, all });
  return { exit: exitOfDiagnosis(result), result };
}

/** Ten lines in place of the table; with `--json` they stand beside the diagnosis. */
async function summarised(shell: Shell, diagnosis: Diagnosis): Promise<Outcome> {
  const { caseId } = diagnosis;
  const bridge = await shell.bridge();
  const { text: summary } = await bridge.request(
    'makeReport',
    { caseId, format: 'summary', locale: shell.locale },
    { signal: shell.signal },
  );
  shell.print(summary.trimEnd());
  return { exit: exitOfDiagnosis(diagnosis), result: { ...diagnosis, summary } };
}

type Subject = Pick<
  ParamsInput<'diagnose'>,
  'terminalId' | 'profile' | 'profileFileId' | 'merchantFileId' | 'rulesFileId'
>;

async function withoutTerminal(shell: Shell): Promise<Subject> {
  const { merchant } = shell.options;
  return {
    terminalId: null,
    ...(await chosenProfile(shell)),
    merchantFileId: merchant === null ? null : await fileId(shell, merchant),
  };
}

/** null: a routine visit. */
async function chosenSymptom(
  shell: Shell,
  { symptom, routine }: Options,
  { earlier, mayAsk }: { readonly earlier: Diagnosis | null; readonly mayAsk: boolean },
): Promise<Symptom | null> {
  if (symptom !== undefined) return symptom;
  if (routine === true) return null;
  if (earlier !== null) return earlier.symptom;
  if (mayAsk) return await askSymptom(shell);
  throw usageError('cli_usage_missing_option', { option: '--symptom <S1..S5>' });
}

/** What this case is about and what was answered in it; null: nothing yet. Throws `case-unknown`. */
async function diagnosedBefore(shell: Shell, caseId: string): Promise<Diagnosis | null> {
  const bridge = await shell.bridge();
  const { diagnosis } = await bridge.request('resumeDiagnosis', { caseId });
  return diagnosis;
}

interface Shown {
  readonly terminal: Terminal | null;
  readonly shop: string | null;
  readonly all: boolean;
}

function show(shell: Shell, result: Diagnosis, { terminal, shop, all }: Shown): void {
  const { locale, style, columns } = shell;
  shell.print(terminal === null ? noTerminalLine(shop, shell) : terminalLine(terminal, shell));
  shell.print(diagnosisView(result, { locale, style, columns, all }));
  shell.print();
  shell.print(nextSteps(result, terminal?.portUrl ?? null, shell));
}
