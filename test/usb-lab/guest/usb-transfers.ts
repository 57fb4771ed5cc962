/** Transfers over a real bus: their borders, deadlines, refusals, and a cable pulled in their middle. */
import assert from 'node:assert/strict';
import { PortError } from '../../../native-bridge/ports/port.ts';
import { echoRequests, pattern, requestType } from '../device/echo-requests.ts';
import { echoSaw, openEcho, pluggedEcho, tellEcho, waitMs } from './echo-device.ts';
import { test, until, within } from './harness.ts';

const wait = { timeoutMs: waitMs };

test('transfers of every size come back as they went out', async (trial) => {
  await pluggedEcho(trial);
  const port = await openEcho(trial);
  assert.equal(port.maxPacketBytes, 512);
  for (const size of [0, 1, 511, 512, 513, 65_536, 1024 * 1024]) {
    const sent = pattern(size);
    const [received] = await Promise.all([
      port.receive(size + 512, wait),
      port.send(sent, { ...wait, zeroLengthPacket: true }),
    ]);
    assert.equal(received.length, size);
    assert.ok(Buffer.from(received).equals(sent), `${size} bytes`);
  }
});

test('a transfer that fills its packets ends with a zero-length packet, or goes on', async (trial) => {
  await pluggedEcho(trial);
  const port = await openEcho(trial);
  await port.send(pattern(512), { ...wait, zeroLengthPacket: false });
  await port.send(pattern(1), wait);
  assert.equal((await port.receive(4096, wait)).length, 513);
  await port.send(pattern(1024), { ...wait, zeroLengthPacket: true });
  assert.equal((await port.receive(4096, wait)).length, 1024);
  assert.equal((await echoSaw(port)).lastBytes, 1024);
});

test('transfers that are sent at once arrive in order', async (trial) => {
  await pluggedEcho(trial);
  const port = await openEcho(trial);
  const sends = Array.from({ length: 20 }, (_, index) =>
    port.send(
      Uint8Array.from({ length: 100 + index }, () => index),
      wait,
    ),
  );
  for (let index = 0; index < sends.length; index++) {
    const received = await port.receive(1024, wait);
    assert.deepEqual([received.length, received[0]], [100 + index, index]);
  }
  await Promise.all(sends);
});

test('what exceeds the bytes that were asked for is kept for the next wait', async (trial) => {
  await pluggedEcho(trial);
  const port = await openEcho(trial);
  await port.send(pattern(100), wait);
  const [one, two] = [await port.receive(24, wait), await port.receive(1024, wait)];
  assert.deepEqual([one.length, two.length], [24, 76]);
  assert.deepEqual([...one, ...two], [...pattern(100)]);
});

test('a wait ends at its deadline, and the next one begins with what had come', async (trial) => {
  await pluggedEcho(trial);
  const port = await openEcho(trial);
  await tellEcho(port, 'send', 512);
  const late = await failure(port.receive(4096, { timeoutMs: 700 }));
  assert.deepEqual([late.code, late.facts['timeoutMs']], ['port-silent', 700]);
  await tellEcho(port, 'send', 100);
  const received = await port.receive(4096, wait);
  assert.deepEqual([...received], [...pattern(512), ...pattern(100)]);
});

test('a wait that is cancelled ends at once, and the port is as good as before', async (trial) => {
  await pluggedEcho(trial);
  const port = await openEcho(trial);
  const stop = new AbortController();
  const waiting = failure(port.receive(4096, { timeoutMs: waitMs, signal: stop.signal }));
  stop.abort();
  const startMs = performance.now();
  assert.equal((await waiting).code, 'cancelled');
  assert.ok(performance.now() - startMs < 1000);
  await port.send(pattern(7), wait);
  assert.equal((await port.receive(4096, wait)).length, 7);
});

test('a transfer that the device does not take ends at its deadline, with those behind it', async (trial) => {
  await pluggedEcho(trial);
  const port = await openEcho(trial);
  await tellEcho(port, 'mode', 0);
  const [first, behind] = await Promise.all([
    failure(port.send(pattern(1024 * 1024), { timeoutMs: 1500 })),
    failure(port.send(pattern(10), { timeoutMs: waitMs })),
  ]);
  assert.deepEqual([first.code, behind.code], ['port-write-timeout', 'port-write-timeout']);
  await port.close();
  assert.equal(await port.closed, null);
});

for (const [direction, value] of [
  ['to the host', 1],
  ['to the device', 0],
] as const) {
  test(`a halt of the endpoint ${direction} is told once and cleared`, async (trial) => {
    await pluggedEcho(trial);
    const port = await openEcho(trial);
    // The device's own wait would keep it from halting: one transfer ends it, and it waits no more.
    if (value === 0) {
      await tellEcho(port, 'mode', 0);
      await port.send(pattern(1), wait);
      await until('it taken', async () => (await echoSaw(port)).lastBytes === 1);
    }
    await tellEcho(port, 'halt', value);
    const refused = value === 1 ? port.receive(512, wait) : port.send(pattern(5), wait);
    assert.equal((await failure(refused)).code, 'port-stalled');
    await tellEcho(port, 'mode', 1);
    await port.send(pattern(9), wait);
    assert.equal((await port.receive(512, wait)).length, 9);
  });
}

test('a control request that the device does not know is refused, and the next one answered', async (trial) => {
  await pluggedEcho(trial);
  const port = await openEcho(trial);
  for (const data of [4, new Uint8Array(4)]) {
    const unknown = { type: requestType, request: 99, value: 0, index: 0, data };
    assert.equal((await failure(port.control(unknown, wait))).code, 'port-stalled');
  }
  await tellEcho(port, 'mode', 1);
  assert.equal(typeof (await echoSaw(port)).transfers, 'number');
  assert.equal(echoRequests.seen, 3);
});

test('a reset leaves a port that can be used', async (trial) => {
  await pluggedEcho(trial);
  const port = await openEcho(trial);
  await port.reset(wait);
  await port.send(pattern(9), wait);
  assert.equal((await port.receive(512, wait)).length, 9);
});

test('a cable pulled in the middle of transfers ends every wait, and says that the device went', async (trial) => {
  const device = await pluggedEcho(trial);
  const port = await openEcho(trial);
  await tellEcho(port, 'mode', 0);
  const waits = [port.receive(4096, wait), port.send(pattern(1024 * 1024), wait)].map(failure);
  device.gadget.unplug();
  const startMs = performance.now();
  const codes = (await Promise.all(waits)).map(({ code }) => code);
  assert.deepEqual(codes, ['port-vanished', 'port-vanished']);
  assert.equal((await port.closed)?.code, 'port-vanished');
  trial.note(`told after ${performance.now() - startMs} ms`);
  assert.equal((await failure(port.receive(1, wait))).code, 'port-vanished');
  assert.equal((await failure(port.send(pattern(1), wait))).code, 'port-vanished');
});

test('a cable pulled while nothing is under way is noticed', async (trial) => {
  const device = await pluggedEcho(trial);
  const port = await openEcho(trial);
  device.gadget.unplug();
  const why = await within(port.closed, waitMs, 'the port to notice');
  assert.equal(why?.code, 'port-vanished');
  await device.plug();
  const again = await until('the device to open again', () => openEcho(trial).catch(() => null));
  await again.send(pattern(3), wait);
  assert.equal((await again.receive(512, wait)).length, 3);
});

async function failure(work: Promise<unknown>): Promise<PortError> {
  const outcome = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (outcome instanceof PortError) return outcome;
  throw new Error('no PortError', { cause: outcome });
}
