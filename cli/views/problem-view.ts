/** What is wrong with a file of the technician's: `file:line:column` first, as editors link it. */
import type { ProfileProblem } from '../../native-bridge/contract/profile.ts';
import { cleanText } from '../../native-bridge/wording/index.ts';
import type { Shell } from '../shell.ts';

export function problemView(problem: ProfileProblem, shell: Shell): string {
  const { file, line, column, path, expectation, found } = problem;
  const place = shell.style.bold(`${cleanText(file, 200)}:${line}:${column}`);
  const expected = shell.say(expectation);
  const facts = { path: path === '' ? '/' : path, expected, found };
  return `${place}  ${shell.words('cli_profile_problem', facts)}`;
}
