/** Two terminals with one serial number are two, and one with two doors is one. */
import { createServer, connect, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import { expect, it, onTestFinished } from 'vitest';
import { startTerminal } from '../../simulators/android/terminal.ts';
import { openBench } from '../../support/bench.ts';

const quietly = () => startTerminal('--auth', 'already-known');

/** Another address of the same one. */
async function secondDoor(adb: string): Promise<string> {
  const [host = '', port = ''] = adb.split(':');
  const server = createServer((near) => {
    const far = connect(Number(port), host);
    for (const socket of [near, far]) socket.on('error', () => undefined);
    near.pipe(far).pipe(near);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

it('two terminals with one serial number are kept apart: the second is only assumed', async () => {
  const { bridge } = await openBench();
  const [first, second] = [await quietly(), await quietly()];
  const one = await bridge.request('connect', { portUrl: `adb://${first.adb}` });
  const other = await bridge.request('connect', { portUrl: `adb://${second.adb}` });
  expect(other.id).not.toBe(one.id);
  expect(other.identity).toMatchObject({ serialNumber: null, basis: 'assumed' });
  const asked = { terminalId: one.id, names: null };
  expect((await bridge.request('readTerminal', asked)).terminal.connected).toBe(true);
});

it('one terminal at two addresses is one', async () => {
  const { bridge } = await openBench();
  const { adb } = await quietly();
  const one = await bridge.request('connect', { portUrl: `adb://${adb}` });
  const portUrl = `adb://${await secondDoor(adb)}`;
  expect((await bridge.request('connect', { portUrl })).id).toBe(one.id);
});
