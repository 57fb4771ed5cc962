/** The simulated acquirer as a process: how it says that it is ready, how it is told things, how it ends. */
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';

const program = fileURLToPath(
  new URL('../../../native-bridge/simulators/acquirer/main.ts', import.meta.url),
);

function start(...args: string[]) {
  const child = spawn(process.execPath, [program, ...args], { stdio: 'pipe' });
  onTestFinished(() => void child.kill());
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async () =>
    JSON.parse((await lines.next()).value as string) as Readonly<Record<string, unknown>>;
  return {
    child,
    next,
    tell: async (line: string) => {
      child.stdin.write(`${line}\n`);
      return await next();
    },
  };
}

test('it says where it listens, takes control messages, and ends with its stdin', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'acquirer-test-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const caFile = join(folder, 'ca.pem');
  const { child, next, tell } = start('--ca-file', caFile, '--faults', 'host:slow');
  const ready = await next();
  expect(ready).toMatchObject({ ready: true, caFile });
  expect(ready['caPem']).toBe(await readFile(caFile, 'utf8'));
  expect(await tell('{"state":true}')).toEqual({ ok: true, faults: ['host:slow'] });
  expect(await tell('{"fault":"host:slow","on":false}')).toEqual({ ok: true });
  expect(await tell('{"state":true}')).toEqual({ ok: true, faults: [] });
  child.stdin.end();
  expect(await once(child, 'exit')).toEqual([0, null]);
});

test('a message it does not know is refused, and it goes on', async () => {
  const { child, next, tell } = start();
  await next();
  for (const message of [
    'not json',
    '{"dance":true}',
    '{"fault":"nonsense","on":true}',
    '{"fault":"known:certificate-expired","on":true}',
    '{"fault":"slow"}',
    '{"order":{}}',
  ]) {
    expect([message, await tell(message)]).toMatchObject([message, { ok: false }]);
  }
  expect(await tell('{"exit":true}')).toEqual({ ok: true });
  expect(await once(child, 'exit')).toEqual([0, null]);
});

test.for([
  [['--faults', 'nonsense'], /no such fault: nonsense/],
  [['--faults', 'known:hangs-in-tls'], /no such fault: known:hangs-in-tls/],
  [['--slow-ms', 'soon'], /--slow-ms wants a number/],
  [['--dance'], /dance/],
] as const)('%j is a usage error that says what is wrong', async ([args, message]) => {
  const { child } = start(...args);
  let said = '';
  child.stderr.on('data', (text: Buffer) => (said += text.toString()));
  expect(await once(child, 'close')).toEqual([2, null]);
  expect(said).toMatch(message);
});

test('the faults are listed as data', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, [program, '--list-faults']);
  const listed = JSON.parse(stdout) as { name: string; kind: string; services: string[] }[];
  expect(listed.length).toBeGreaterThan(40);
  expect(listed).toContainEqual(
    expect.objectContaining({
      name: 'down',
      kind: 'service',
      services: ['status', 'host', 'known'],
    }),
  );
});
