/** An adb server that has the terminal is ended only when the technician agrees. */
import { expect, test } from 'vitest';
import { AdbServer } from '../../renderer/state/adb-server.svelte.ts';
import { BridgeClient } from '../../renderer/state/bridge-client.ts';
import { WindowLine } from '../support/window-line.ts';

const server = { version: 41, pid: 4711, devices: [{ serialNumber: 'A', state: 'device' }] };

async function asked(found: typeof server | null) {
  const client = new BridgeClient();
  const line = new WindowLine();
  client.attach(line);
  const adbServer = new AdbServer(client);
  const free = adbServer.ask();
  await line.answer(line.request('getAdbServer'), { server: found });
  return { adbServer, line, free: await free };
}

test('nothing is ended by asking, nor by leaving it', async () => {
  const { adbServer, line, free } = await asked(server);
  expect(free).toBe(false);
  expect(adbServer.asked).toEqual(server);
  adbServer.leave();
  expect(await adbServer.end()).toBe(false);
  expect(line.requests('stopAdbServer')).toEqual([]);
});

test('agreed, it is ended, and the terminal is free', async () => {
  const { adbServer, line } = await asked(server);
  const end = adbServer.end();
  await line.answer(line.request('stopAdbServer'), { stopped: true });
  expect(await end).toBe(true);
  expect(adbServer).toMatchObject({ asked: null, stays: false });
});

test('one that is started again by another program is told', async () => {
  const { adbServer, line } = await asked(server);
  const end = adbServer.end();
  await line.answer(line.request('stopAdbServer'), { stopped: false });
  expect(await end).toBe(false);
  expect(adbServer.stays).toBe(true);
});

test('where none runs any more there is nothing to ask', async () => {
  const { adbServer, free } = await asked(null);
  expect(free).toBe(true);
  expect(adbServer.asked).toBeNull();
});
