/** Checking a file that somebody wrote, and every mistake in it at once. */
import type { ParamsInput } from '../native-bridge/contract/requests.ts';
import { fileId } from './connect.ts';
import type { Outcome, Shell } from './shell.ts';
import { problemView } from './views/problem-view.ts';

export async function checkFile(
  shell: Shell,
  file: string,
  kind: ParamsInput<'checkProfile'>['kind'],
): Promise<Outcome> {
  const bridge = await shell.bridge();
  const asked = { fileId: await fileId(shell, file), kind };
  const result = await bridge.request('checkProfile', asked, { signal: shell.signal });
  if (result.good) {
    const name = result.name ?? file;
    shell.print(`${shell.style.green('✓')} ${shell.words('cli_profile_good', { name })}`);
  } else {
    const count = result.problems.length;
    shell.print(`${shell.style.red('✕')} ${shell.words('cli_profile_problems', { count })}`);
    for (const problem of result.problems) shell.print(problemView(problem, shell));
  }
  return { exit: result.good ? 0 : 1, result };
}
