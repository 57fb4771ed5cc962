/** The console of an Android terminal: its own log as it is written, and its shell. */
import { expect, it, onTestFinished } from 'vitest';
import type { Bridge } from '../../../native-bridge/bridge.ts';
import { startTerminal } from '../../simulators/android/terminal.ts';
import { openBench } from '../../support/bench.ts';

async function connected(bridge: Bridge) {
  const terminal = await startTerminal('--model', 'at-900', '--auth', 'already-known');
  const { id } = await bridge.request('connect', { portUrl: `adb://${terminal.adb}` });
  return { terminal, terminalId: id };
}

it('shows the log as it is written, with secrets masked', async () => {
  const { bridge } = await openBench();
  const { terminal, terminalId } = await connected(bridge);
  const end = new AbortController();
  onTestFinished(() => end.abort());
  const seen: string[] = [];
  const watching = bridge.request(
    'watchConsole',
    { terminalId },
    { signal: end.signal, onProgress: ({ lines }) => seen.push(...lines.map(({ text }) => text)) },
  );
  watching.catch(() => undefined);
  await expect.poll(() => seen.length).toBeGreaterThan(0);
  await terminal.control({ present: { text: 'password=hunter22 ok' } });
  await expect.poll(() => seen.join('\n')).toMatch(/ScanService.*password=\*\*\*/);
});

it('runs a command in its shell and tells how it ended', async () => {
  const { bridge } = await openBench();
  const { terminalId } = await connected(bridge);
  const run = (...argv: string[]) => bridge.request('runShell', { terminalId, argv });
  expect(await run('getprop', 'ro.product.model')).toEqual({ output: 'AT-900\n', exitCode: 0 });
  expect(await run('ls', '/no such folder')).toMatchObject({ exitCode: 1 });
});
