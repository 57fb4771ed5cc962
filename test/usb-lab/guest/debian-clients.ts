/** The simulated terminal on a real bus, held to Debian's own `adb` and `fastboot`. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { killAdbServer } from '../../../native-bridge/ports/adb-server.ts';
import { AndroidTerminal } from './android-terminal.ts';
import { test, until, type Trial } from './harness.ts';
import { newFolder } from './product.ts';

const folder = newFolder();
const runTimeoutMs = 120_000;

interface Run {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

for (const model of ['at-900', 'at-700'] as const) {
  test(`adb has the ${model} on the bus: exit codes, and files byte by byte`, async (trial) => {
    const terminal = await AndroidTerminal.start(trial, { model });
    const adb = await debianAdb(trial, terminal);
    assert.deepEqual(await adb('shell', 'echo out; echo err >&2; exit 7'), {
      code: 7,
      out: 'out\n',
      err: 'err\n',
    });
    const [from, to] = [join(folder, 'from'), join(folder, 'to')];
    // Of transfers that end on a packet's border, and of several that make one message.
    for (const size of [0, 512, 65_536, 1_500_001]) {
      writeFileSync(from, randomBytes(size));
      assert.equal((await adb('push', from, '/data/local/tmp/file')).code, 0);
      assert.equal((await adb('pull', '/data/local/tmp/file', to)).code, 0);
      assert.equal(sha256(readFileSync(to)), sha256(readFileSync(from)), `${size} bytes`);
    }
  });
}

test('adb follows it into recovery and back, over another product id', async (trial) => {
  const terminal = await AndroidTerminal.start(trial, { model: 'at-900' });
  const adb = await debianAdb(trial, terminal);
  assert.equal((await adb('reboot', 'recovery')).code, 0);
  await until('recovery', async () => (await adb('get-state')).out === 'recovery\n');
  assert.match((await runProgram('adb', 'devices')).out, /^PBN9A3250117\trecovery$/m);
  assert.equal((await adb('reboot')).code, 0);
  await until('Android', async () => (await adb('get-state')).out === 'device\n');
  assert.equal((await adb('shell', 'getprop ro.serialno')).out, 'PBN9A3250117\n');
});

test('fastboot has it on the bus: variables, an image that arrives, and the way back', async (trial) => {
  const terminal = await AndroidTerminal.start(trial, {
    model: 'at-900',
    options: ['--mode', 'bootloader'],
  });
  const fastboot = (...args: readonly string[]) =>
    runProgram('fastboot', '-s', terminal.serialNumber, ...args);
  assert.match((await runProgram('fastboot', 'devices')).out, /^PBN9A3250117\s*fastboot$/m);
  assert.match((await fastboot('getvar', 'product')).err, /^product: at900$/m);
  // One ends in the middle of a packet, the other fills its last one.
  for (const size of [300_001, 65_536]) {
    const image = join(folder, 'boot.img');
    writeFileSync(image, randomBytes(size));
    await fastboot('erase', 'boot');
    const flashed = await fastboot('flash', 'boot', image);
    assert.equal(flashed.code, 0, flashed.err);
    const { partitions } = (await terminal.tell({ state: true })) as unknown as State;
    assert.deepEqual(partitions['boot_a'], { bytes: size, sha256: sha256(readFileSync(image)) });
  }
  assert.equal((await fastboot('reboot')).code, 0);
  const adb = await debianAdb(trial, terminal);
  assert.equal((await adb('shell', 'echo back')).out, 'back\n');
});

interface State {
  readonly partitions: Readonly<
    Record<string, { readonly bytes: number; readonly sha256: string }>
  >;
}

/** Once the terminal has let it in. Its server ends with the test. */
async function debianAdb(
  trial: Trial,
  { serialNumber }: AndroidTerminal,
): Promise<(...args: readonly string[]) => Promise<Run>> {
  trial.defer(() => killAdbServer());
  const adb = (...args: readonly string[]) => runProgram('adb', '-s', serialNumber, ...args);
  await runProgram('adb', 'start-server');
  await until('adb to be let in', async () => (await adb('get-state')).out === 'device\n');
  return adb;
}

function runProgram(program: string, ...args: readonly string[]): Promise<Run> {
  return new Promise((resolve) => {
    const env = { ...process.env, HOME: '/root' };
    execFile(program, args, { env, timeout: runTimeoutMs }, (error, out, err) => {
      const code = error === null ? 0 : typeof error.code === 'number' ? error.code : -1;
      resolve({ code, out, err });
    }).stdin?.end();
  });
}
