/** What to do after a diagnosis, each with the exact command. */
import type { Diagnosis, Question } from '../../native-bridge/contract/diagnosis.ts';
import { say } from '../../native-bridge/wording/index.ts';
import { commandLine } from '../connect.ts';
import { wrap } from '../output/width.ts';
import type { Shell } from '../shell.ts';

/** Those that settle most; the rest is asked when these are answered. */
const mostQuestions = 3;

/** `portUrl` null: no terminal is attached, so nothing is corrected or flashed from here. */
export function nextSteps(diagnosis: Diagnosis, portUrl: string | null, shell: Shell): string {
  const { findings, symptom, caseId, cause, questions } = diagnosis;
  const steps: string[] = [];
  const step = (what: string, command: readonly string[], meetsTerminal = true) => {
    const line = commandLine(shell, command, meetsTerminal);
    steps.push(`${indented(what, shell)}\n    ${shell.style.cyan(line)}`);
  };
  // The cause first, then the rest in the guide's order.
  const ordered = [...findings].sort(
    (a, b) => Number(b.check === cause) - Number(a.check === cause),
  );
  for (const { remedy } of ordered) {
    if (remedy === null || portUrl === null) continue;
    const what = say(remedy.what, shell.locale);
    if (remedy.settings.length > 0) step(what, ['config', 'apply', portUrl, ...remedy.settings]);
    else if (remedy.flash) step(what, ['firmware', 'flash', 'FILE', '--port', portUrl]);
  }
  const asked = questions.slice(0, mostQuestions);
  if (asked.length > 0) {
    const complaint = symptom === null ? [] : ['--symptom', symptom];
    const given = asked.slice(0, 1).flatMap((question) => ['--answer', exampleOf(question)]);
    const where = portUrl ?? '--no-terminal';
    const what = asked.map(({ text }) => say(text, shell.locale)).join('\n');
    step(what, ['diagnose', where, ...complaint, ...given, '--case', caseId]);
  }
  const report = ['report', caseId, '--format', 'html', '-o', 'report.html'];
  step(shell.words('cli_next_report', {}), report, false);
  return `${shell.words('cli_next', {})}\n${steps.join('\n')}`;
}

const indented = (text: string, { columns }: Shell): string =>
  wrap(text, columns - 2)
    .map((line) => `  ${line}`)
    .join('\n');

const exampleOf = ({ id, choices }: Question): string => `${id}=${choices[0]?.id ?? '…'}`;
