/** A shell that ends before its script did: what had come goes with the error. */
import { expect, it } from 'vitest';
import { ShellCutOff } from '../../../native-bridge/sessions/adb/session-error.ts';
import { adbFault, sessionOver } from '../../support/adb-session.ts';
import { cutOffShell } from '../../support/cut-off-shell.ts';

async function runCutOff(ends: 'closed' | 'silent'): Promise<ShellCutOff> {
  const session = await sessionOver(cutOffShell(() => 'one\n', ends));
  const error = await adbFault(session.shell('anything', { timeoutMs: 100 }));
  if (error instanceof ShellCutOff) return error;
  throw error;
}

it('because the stream was closed', async () => {
  expect(await runCutOff('closed')).toMatchObject({
    code: 'reply-malformed',
    facts: { problem: 'cut-off' },
    partial: { output: 'one\n', errorOutput: '' },
  });
});

it('because its time was up', async () => {
  expect(await runCutOff('silent')).toMatchObject({
    code: 'reply-timeout',
    facts: { timeoutMs: 100 },
    partial: { output: 'one\n' },
  });
});
