/** A terminal that lets nobody in over ADB: its profile says whether anybody may open it. */
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { BridgeFault } from '../../../native-bridge/contract/bridge-fault.ts';
import { faultWords } from '../../../native-bridge/wording/index.ts';
import { openBench } from '../../support/bench.ts';

/** Takes the connection and hangs up: so does a daemon that is locked. */
async function lockedDaemon(): Promise<string> {
  const server = createServer((socket) => socket.once('data', () => socket.destroy()));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return `adb://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function adviceWith(adb: string | null) {
  const { bridge, dataFolder } = await openBench();
  const file = join(dataFolder, 'model.yaml');
  const said = adb === null ? '' : `adb: { ${adb} }\n`;
  await writeFile(file, `${model}${said}`);
  const { fileId } = await bridge.registerFile(file);
  const portUrl = await lockedDaemon();
  const error: unknown = await bridge
    .request('connect', { portUrl, profileFileId: fileId })
    .catch((thrown: unknown) => thrown);
  if (!(error instanceof BridgeFault)) throw error;
  expect(error.fault.code).toBe('adb-locked-down');
  return faultWords(error.fault, 'en').next;
}

const model = `format: 1
name: own-android
extends: [android-generic]
vendor: Own
model: OA-1
labels: { en: Own, zh-CN: 自有 }
recognition: { android: { ro.product.model: '^OA-1$' } }
`;

it.each([
  ['openingIsReversible: true, fact: { source: tested, proven: true }', /^Open it in its/],
  ['openingIsReversible: true, fact: { source: a forum }', /^Leave it closed until the vendor/],
  ['openingIsReversible: false, fact: { source: a notice }', /^Do not open it: that ends/],
  [null, /^Its vendor has locked ADB.*Leave it closed: nothing proves/],
])('with %s', async (adb, advice) => {
  const next = await adviceWith(adb);
  expect(next).toMatch(advice);
  expect(next).toMatch(/serial line and the guided checks/);
});
