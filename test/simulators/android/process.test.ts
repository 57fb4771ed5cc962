/** The simulator as a process: how it says that it is ready, how it is told things, how it ends. */
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';

const program = fileURLToPath(
  new URL('../../../native-bridge/simulators/android/main.ts', import.meta.url),
);

test('one line says where it is; it takes messages, and ends with its stdin', async () => {
  const child = spawn(process.execPath, [program, '--model', 'at-700']);
  onTestFinished(() => void child.kill());
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async (): Promise<unknown> => JSON.parse(String((await lines.next()).value));
  const address = expect.stringMatching(/^127\.0\.0\.1:\d+$/) as string;
  expect(await next()).toEqual({
    ready: true,
    adb: address,
    fastboot: address,
    serialNumber: 'AT70024060031',
  });
  child.stdin.write('{"fault":"battery-low","on":true}\n{"state":true}\nnot json\n');
  expect(await next()).toEqual({ ok: true });
  expect(await next()).toMatchObject({ ok: true, mode: 'system', faults: ['battery-low'] });
  expect(await next()).toMatchObject({ ok: false });
  child.stdin.end();
  expect(await once(child, 'exit')).toEqual([0, null]);
});

test('a command line that can’t be used is answered by one line and code 2', async () => {
  const run = promisify(execFile)(process.execPath, [program, '--fault', 'vpn-forbidden-up']);
  await expect(run).rejects.toMatchObject({
    code: 2,
    stderr: 'the at-900 has no such fault: vpn-forbidden-up\n',
  });
});
