/** What to do after a diagnosis, each with the exact command. */
import type { Diagnosis, Finding } from '../../native-bridge/contract/diagnosis.ts';
import { say } from '../../native-bridge/wording/index.ts';
import { commandLine } from '../connect.ts';
import { wrap } from '../output/width.ts';
import type { Shell } from '../shell.ts';
import { diagnoseAgain } from './diagnose-again.ts';

/** Those that settle most; the rest is asked when these are answered. */
const mostQuestions = 3;

/** `portUrl` null: no terminal is attached, so nothing is corrected, flashed or read again from here. */
export function nextSteps(diagnosis: Diagnosis, portUrl: string | null, shell: Shell): string {
  const { caseId, questions } = diagnosis;
  const steps: string[] = [];
  const step = (what: string, command: readonly string[], meetsTerminal = true) => {
    const line = commandLine(shell, command, meetsTerminal);
    steps.push(`${indented(what, shell)}\n    ${shell.style.cyan(line)}`);
  };
  if (portUrl !== null) {
    for (const [what, command] of remedies(diagnosis, portUrl, shell)) step(what, command);
  }
  const asked = questions.slice(0, mostQuestions);
  const [first] = asked;
  if (first !== undefined) {
    const what = asked.map(({ text }) => say(text, shell.locale)).join('\n');
    // Never with a choice filled in: pasted as it stands, it would be an answer that nobody gave.
    step(what, [...diagnoseAgain(diagnosis, portUrl), '--answer', `${first.id}=…`]);
  }
  const report = ['report', caseId, '--format', 'html', '-o', 'report.html'];
  step(shell.words('cli_next_report', {}), report, false);
  return `${shell.words('cli_next', {})}\n${steps.join('\n')}`;
}

/** The cause's first, also where it is done by hand; then the rest in the guide's order. */
function* remedies(
  diagnosis: Diagnosis,
  portUrl: string,
  shell: Shell,
): Generator<readonly [what: string, command: readonly string[]], void, void> {
  const isCause = ({ check }: Finding): boolean => check === diagnosis.cause;
  const ordered = [...diagnosis.findings].sort((a, b) => Number(isCause(b)) - Number(isCause(a)));
  const isSure = ordered[0]?.confidence === 'high' && isCause(ordered[0]);
  for (const finding of ordered) {
    const { remedy } = finding;
    if (remedy === null) continue;
    const what = say(remedy.what, shell.locale);
    if (remedy.settings.length > 0) yield [what, ['config', 'apply', portUrl, ...remedy.settings]];
    else if (remedy.flash) yield [what, ['firmware', 'flash', 'FILE', '--port', portUrl]];
    else if (isCause(finding)) {
      const again = shell.words('cli_next_again', {});
      yield [`${what}\n${again}`, diagnoseAgain(diagnosis, portUrl)];
    }
    // A test tells what is still open; a cause that is sure is dealt with first.
    else if (remedy.test === 'scanner' && !isSure) yield [what, ['scanner', portUrl]];
  }
}

const indented = (text: string, { columns }: Shell): string =>
  wrap(text, columns - 2)
    .map((line) => `  ${line}`)
    .join('\n');
