/** The shells on this computer that a script can be tried with: Android's own where it is installed. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { ScriptStreams } from '../../../native-bridge/protocols/android/index.ts';

export const shells = ['sh', 'mksh', 'bash'].filter(
  (shell) => spawnSync(shell, ['-c', 'exit 0']).status === 0,
);

/** As `sh -c SCRIPT` or, with `input`, as an interactive session that reads it. */
export function runIn(shell: string, script: string, how: 'argument' | 'input'): ScriptStreams {
  const run =
    how === 'argument'
      ? spawnSync(shell, ['-c', script], { encoding: 'utf8' })
      : spawnSync(shell, [], { encoding: 'utf8', input: script });
  return { stdout: run.stdout, stderr: run.stderr };
}

/** A folder that holds these programs of this computer and no other, for PATH. */
export function folderWith(programs: readonly string[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'programs-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const program of programs) symlinkSync(join('/bin', program), join(folder, program));
  return folder;
}
