/** What an answer came to: what it ruled out, how the cause stands, what can't both be so. */
import type {
  CheckId,
  Contradiction,
  Diagnosis,
  Question,
} from '../../native-bridge/contract/diagnosis.ts';
import { checkLabel, confidenceWords, verdictSign } from '../../native-bridge/wording/index.ts';
import { wrap } from '../output/width.ts';
import type { Shell } from '../shell.ts';

interface Given {
  readonly question: Question;
  readonly answer: string;
}

/** Checks that could be the cause before this answer and can't any more. */
export function toldOut(
  before: Diagnosis,
  now: Diagnosis,
  { question, answer }: Given,
  shell: Shell,
): string {
  const foreseen = question.choices.find(({ id }) => id === answer)?.rulesOut ?? [];
  const out = new Set<CheckId>([...foreseen, ...cleared(before, now)]);
  // What the answer left standing after all is not out.
  if (now.cause !== null) out.delete(now.cause);
  if (out.size === 0) return told(shell, '·', shell.words('cli_told_nothing_out', {}));
  const checks = [...out].map((check) => checkLabel(check, shell.locale)).join(' · ');
  return told(shell, verdictSign('pass'), shell.words('cli_told_ruled_out', { checks }));
}

/** Failing before as the cause, and put aside by an answer now. */
function cleared(before: Diagnosis, now: Diagnosis): CheckId[] {
  return before.findings
    .filter(({ verdict, role }) => verdict === 'fail' && role !== 'finding')
    .filter(({ check }) =>
      now.findings.some((one) => one.check === check && one.ruledOutBy !== null),
    )
    .map(({ check }) => check);
}

export function toldStanding({ cause, findings }: Diagnosis, shell: Shell): string {
  const found = findings.find(({ check }) => check === cause);
  if (found === undefined) return told(shell, '?', shell.words('cli_told_no_cause', {}));
  const text = shell.words('cli_told_cause', { headline: shell.say(found.headline) });
  const aside = confidenceWords(found.confidence, shell.locale);
  return told(shell, verdictSign('fail'), shell.words('cli_aside', { text, aside }));
}

export const toldContradiction = ({ what }: Contradiction, shell: Shell): string =>
  told(
    shell,
    verdictSign('warn'),
    shell.words('cli_told_contradiction', { what: shell.say(what) }),
  );

const told = (shell: Shell, sign: string, text: string): string =>
  wrap(`${sign} ${text}`, shell.columns - 2).join('\n  ');
