/** Ports that may not be opened, and ports that somebody has. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { chmodSync } from 'node:fs';
import { CodeBox } from './code-box.ts';
import { test, until } from './harness.ts';
import { newFolder, posBenchAnew, sharedBridge } from './product.ts';

const nobody = { uid: 65_534, gid: 65_534 };

test('a user without rights is told the group that the port belongs to', async (trial) => {
  const box = await CodeBox.start(trial);
  const tty = await box.tty();
  const data = newFolder();
  chmodSync(data, 0o777);
  const { exitCode, json } = await posBenchAnew(data, ['identify', tty], nobody);
  assert.equal(exitCode, 3);
  assert.equal(json.fault?.code, 'port-forbidden');
  assert.deepEqual(json.fault.facts, { port: tty, group: 'dialout' });
});

test('a program that holds the port is named', async (trial) => {
  const bridge = await sharedBridge();
  const box = await CodeBox.start(trial);
  const tty = await box.tty();
  // TIOCEXCL, as ModemManager opens its ports: others, root included or not, are turned away.
  const script = `exec -a ModemManager perl -e 'open(F, "+<", $ARGV[0]) or die; ioctl(F, 0x540C, 0); print "open\\n"; $| = 1; sleep 60' ${tty}`;
  const holder = spawn('bash', ['-c', script], { stdio: ['ignore', 'pipe', 'inherit'] });
  trial.defer(() => holder.kill('SIGKILL'));
  const port = tty;
  const fault = await until('the port busy', async () => {
    const outcome = await bridge.request('connect', { portUrl: port }).then(
      async ({ id }) => {
        await bridge.request('disconnect', { terminalId: id });
        return null;
      },
      (error: unknown) => (error as { fault: { code: string; facts: object } }).fault,
    );
    return outcome;
  });
  assert.equal(fault.code, 'port-busy');
  assert.deepEqual(fault.facts, { port: tty, holder: 'ModemManager', pid: holder.pid });
});
