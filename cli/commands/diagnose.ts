/** `diagnose [PORT] --symptom S3`: the playbook, its cause, and what to do. */
import type { Command } from 'commander';
import { onlyPort } from '../arguments/port-argument.ts';
import type { Answers, Diagnosis, Symptom } from '../../native-bridge/contract/diagnosis.ts';
import type { Progress } from '../../native-bridge/contract/requests.ts';
import { checkLabel } from '../../native-bridge/wording/index.ts';
import { collectAnswer, readSymptom } from '../arguments/values.ts';
import { checkedRules, connect } from '../connect.ts';
import { exitOfDiagnosis } from '../exit-codes.ts';
import { showMeasuring } from '../measuring.ts';
import { addExamples, type Register } from './register.ts';
import type { Outcome, Shell } from '../shell.ts';
import { diagnosisView } from '../views/diagnosis-view.ts';
import { nextSteps } from '../views/next-steps.ts';
import { terminalLine } from '../views/terminal-view.ts';

interface Options {
  readonly symptom: Symptom;
  readonly answer?: Answers;
  readonly case?: string;
  readonly summary?: true;
}

export function addDiagnose(parent: Command, { words, run }: Register): void {
  const command = parent
    .command('diagnose')
    .description(words('cli_diagnose_about', {}))
    .argument('[port]', words('cli_argument_port', {}))
    .requiredOption('--symptom <S1..S5>', words('cli_option_symptom', {}), readSymptom)
    .option('--answer <question=choice>', words('cli_option_answer', {}), collectAnswer)
    .option('--case <id>', words('cli_option_case', {}))
    .option('--summary', words('cli_option_summary', {}))
    .action((port: string | undefined, options: Options) => {
      const named = onlyPort(port);
      run('diagnose', (shell) => diagnose(shell, named, options));
    });
  addExamples(command, words, [
    ['pos-bench diagnose /dev/ttyUSB0 --symptom S3', 'cli_example_diagnose'],
    [
      'pos-bench diagnose COM7 --symptom S1 --answer platform-up=yes',
      'cli_example_diagnose_answer',
    ],
    ['pos-bench diagnose COM7 --symptom S3 --summary', 'cli_example_diagnose_summary'],
  ]);
}

async function diagnose(shell: Shell, port: string | null, options: Options): Promise<Outcome> {
  const rulesFileId = await checkedRules(shell);
  const terminal = await connect(shell, port);
  const { symptom, answer = {}, case: caseId = null } = options;
  const asked = { terminalId: terminal.id, symptom, answer, caseId, rulesFileId };
  const result = await runDiagnosis(shell, asked);
  if (options.summary === true) return await summarised(shell, result);
  shell.print(terminalLine(terminal, shell));
  shell.print(diagnosisView(result, shell));
  shell.print();
  shell.print(nextSteps(result, terminal.portUrl, shell));
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

/** Runs the playbook with progress; prints nothing. */
export async function runDiagnosis(
  shell: Shell,
  asked: {
    readonly terminalId: string;
    readonly symptom: Symptom;
    readonly answer: Answers;
    readonly caseId: string | null;
    readonly rulesFileId?: string | null;
  },
): Promise<Diagnosis> {
  const { terminalId, symptom, answer, caseId, rulesFileId = null } = asked;
  const bridge = await shell.bridge();
  let done = 0;
  let endMeasuring = (): void => undefined;
  const onProgress = (progress: Progress<'diagnose'>): void => {
    if ('sampling' in progress) {
      endMeasuring = showMeasuring(shell, progress.sampling);
      return;
    }
    done += 1;
    const label = checkLabel(progress.finding.check, shell.locale);
    shell.progress.show(shell.words('cli_checking', { done, label }), 'diagnose');
  };
  try {
    const params = { terminalId, symptom, answers: answer, caseId, rulesFileId };
    return await bridge.request('diagnose', params, { signal: shell.signal, onProgress });
  } finally {
    endMeasuring();
    shell.progress.clear();
  }
}
