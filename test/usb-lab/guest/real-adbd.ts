/** Our session against the daemon that Android itself is built with, over the bus. */
import assert from 'node:assert/strict';
import { createHash, generateKeyPairSync, randomFillSync, type Hash } from 'node:crypto';
import { join } from 'node:path';
import { parseAddress } from '../../../native-bridge/ports/address.ts';
import type { UsbAddress } from '../../../native-bridge/ports/usb-address.ts';
import { adbInterface } from '../../../native-bridge/ports/usb-interfaces.ts';
import { openUsbPort } from '../../../native-bridge/ports/usb-port.ts';
import { AdbSession } from '../../../native-bridge/sessions/adb/adb-session.ts';
import { adbdCommand } from '../../support/adbd-command.ts';
import { productIds, vendorId } from '../device/android-plan.ts';
import { test, type Trial } from './harness.ts';
import { newFolder } from './product.ts';
import { UsbFunction } from './usb-function.ts';

const usb = {
  vendorId,
  productId: productIds.system,
  manufacturer: 'Debian',
  product: 'adbd',
  serialNumber: 'REAL-ADBD',
};
const address = parseAddress(`usb://${vendorId}:${productIds.system}/REAL-ADBD`) as UsbAddress;
const wait = { timeoutMs: 60_000 };
const terms = { modeBits: 0o644, mtimeSeconds: 1_700_000_000, idleTimeoutMs: 60_000 };
const folder = newFolder();

for (const [how, delayedAck] of [
  ['ahead of its acknowledgements', true],
  ['packet by packet', false],
] as const) {
  test(`the real daemon, sending ${how}: scripts, files, many streams`, async (trial) => {
    const adb = await session(trial, delayedAck);
    assert.deepEqual(await adb.shell('echo out; echo err >&2; exit 7', wait), {
      output: 'out\n',
      errorOutput: 'err\n',
      exitCode: 7,
    });
    const { output } = await adb.shell('seq 1 20000', wait);
    assert.deepEqual([output.length, output.endsWith('\n20000\n')], [108_894, true]);
    // With the eight bytes that go before it, one fills its last packet.
    for (const size of [0, 1, 65_528, 1_048_576 + 12_345]) {
      const path = join(folder, `file-${size}`);
      assert.equal(await thereAndBack(adb, path, size), 'the same', `${size} bytes`);
    }
    const many = Array.from({ length: 8 }, async (_, index) => {
      const { exitCode } = await adb.shell(`seq ${index} 2000 >&2; exit ${index}`, wait);
      const back = await thereAndBack(adb, join(folder, `many-${index}`), 100_000 + index);
      return [exitCode, back];
    });
    assert.deepEqual(
      await Promise.all(many),
      many.map((_, index) => [index, 'the same']),
    );
  });
}

test('the real daemon talks to the next program as well, without the cable being pulled', async (trial) => {
  await daemon(trial);
  for (const turn of [1, 2, 3]) {
    const adb = await converse(true);
    const { output } = await adb.shell(`echo turn ${turn}; seq 1 500`, wait);
    assert.ok(output.startsWith(`turn ${turn}\n`));
    await adb.close();
  }
});

/** With a daemon of its own. */
async function session(trial: Trial, delayedAck: boolean): Promise<AdbSession> {
  await daemon(trial);
  const opened = await converse(delayedAck);
  trial.defer(() => opened.close());
  return opened;
}

async function daemon(trial: Trial): Promise<void> {
  const device = await UsbFunction.start({
    name: 'adbd',
    socket: 3,
    usb,
    program: () => adbdCommand(process.env['LAB_ADBD'] ?? '', []),
    folder: '/dev/usb-ffs/adb',
  });
  trial.defer(() => device.remove());
  await device.plug();
}

async function converse(delayedAck: boolean): Promise<AdbSession> {
  const port = await openUsbPort(address, { match: adbInterface, ...wait });
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 1024 });
  const keys = {
    name: 'pos-bench@lab',
    privateKey: () => Promise.resolve(privateKey.export({ type: 'pkcs8', format: 'der' })),
  };
  const options = { keys, delayedAck, tapTimeoutMs: wait.timeoutMs, ...wait };
  return await AdbSession.open(port, options);
}

async function thereAndBack(adb: AdbSession, path: string, sizeBytes: number): Promise<string> {
  const [sent, back] = [createHash('sha256'), createHash('sha256')];
  const push = adb.push(path, randomBlocks(sizeBytes, sent), { ...terms, sizeBytes });
  while (!(await push.next()).done);
  for await (const piece of adb.pull(path, { ...terms, maxBytes: sizeBytes })) back.update(piece);
  return sent.digest('hex') === back.digest('hex') ? 'the same' : 'different';
}

/** Of odd sizes. */
async function* randomBlocks(sizeBytes: number, hash: Hash): AsyncGenerator<Uint8Array> {
  for (let left = sizeBytes; left > 0; left -= 100_001) {
    const bytes = randomFillSync(Buffer.alloc(Math.min(left, 100_001)));
    hash.update(bytes);
    yield bytes;
    await Promise.resolve();
  }
}
