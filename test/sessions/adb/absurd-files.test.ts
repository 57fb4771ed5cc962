/** A file whose daemon lies about it, pulled from the simulated terminal over TCP. */
import { expect, it } from 'vitest';
import { openPort } from '../../../native-bridge/ports/open-port.ts';
import { AdbSession } from '../../../native-bridge/sessions/adb/adb-session.ts';
import { startTerminal } from '../../simulators/android/terminal.ts';
import { adbFault, testKey } from '../../support/adb-session.ts';

it('a piece of 4 GiB is not waited for, and the session goes on', async () => {
  const { adb, simulator } = await startTerminal('--auth', 'already-known');
  const port = await openPort(`adb://${adb}`, { timeoutMs: 5_000 });
  const terms = { keys: testKey, timeoutMs: 5_000, tapTimeoutMs: 5_000 };
  const session = await AdbSession.open(port, terms);
  simulator.device.files.write('/data/local/tmp/file', Buffer.from('content'));
  const pull = () =>
    session.pull('/data/local/tmp/file', { idleTimeoutMs: 5_000, maxBytes: 1_000_000 }).next();
  simulator.setFault('absurd-sync-size', true);
  expect(await adbFault(pull())).toMatchObject({
    code: 'reply-malformed',
    facts: { door: 'ADB', problem: 'piece-length' },
  });
  simulator.setFault('absurd-sync-size', false);
  expect(Buffer.from((await pull()).value ?? []).toString()).toBe('content');
  await session.close();
});
