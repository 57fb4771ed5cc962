/** Serving a bridge to windows: over real message channels, as the app does it. */
import { afterEach, expect, test } from 'vitest';
import { BridgeFault } from '../../native-bridge/contract/bridge-fault.ts';
import { ScriptedBridge } from '../support/scripted-bridge.ts';
import { openWindow, type ServedWindow } from '../support/served-window.ts';

const windows: ServedWindow[] = [];
afterEach(() => {
  for (const window of windows.splice(0)) window.close();
});

function served(bridge = new ScriptedBridge()) {
  const window = openWindow(() => Promise.resolve(bridge));
  windows.push(window);
  return { bridge, window };
}

const request = (id: number, name: string, params: unknown = {}) => ({
  type: 'request',
  id,
  name,
  params,
});

test('a request gets its result under its own id', async () => {
  const { bridge, window } = served();
  window.send(request(7, 'readSettings', { terminalId: 'a' }));
  const call = await bridge.nextCall();
  expect([call.name, call.params]).toEqual(['readSettings', { terminalId: 'a' }]);
  call.finish({ terminalId: 'a', rows: [] });
  expect(await window.next()).toEqual({
    type: 'result',
    id: 7,
    result: { terminalId: 'a', rows: [] },
  });
});

test('a fault arrives as code and facts', async () => {
  const { bridge, window } = served();
  window.send(request(1, 'readSettings', { terminalId: 'a' }));
  (await bridge.nextCall()).fail(new BridgeFault('terminal-busy', { terminal: 'a' }));
  expect(await window.next()).toMatchObject({
    type: 'fault',
    id: 1,
    fault: { code: 'terminal-busy', facts: { terminal: 'a' } },
  });
});

test('every request says why the bridge could not be opened, and the next one tries again', async () => {
  const bridge = new ScriptedBridge();
  const newer = () => Promise.reject(new BridgeFault('records-newer'));
  const openings = [newer, () => Promise.resolve(bridge)];
  const window = openWindow(() => (openings.shift() ?? newer)());
  windows.push(window);
  window.send(request(1, 'listJobs'));
  expect(await window.next()).toMatchObject({ type: 'fault', fault: { code: 'records-newer' } });
  const arrival = bridge.nextCall();
  window.send(request(2, 'listJobs'));
  (await arrival).finish({ jobs: [] });
  expect(await window.next()).toMatchObject({ type: 'result', id: 2 });
});

test.each([
  ['a name that no request has', request(1, 'formatDisk')],
  ['a name that every object has', request(1, 'toString')],
])('refuses %s', async (_what, message) => {
  const { window, bridge } = served();
  window.send(message);
  expect(await window.next()).toMatchObject({ type: 'fault', fault: { code: 'bad-request' } });
  expect(bridge.calls).toHaveLength(0);
});

test('an id in use is refused and the request that has it goes on', async () => {
  const { window, bridge } = served();
  window.send(request(1, 'listPorts'));
  const first = await bridge.nextCall();
  window.send(request(1, 'listPorts'));
  expect(await window.next()).toMatchObject({
    type: 'fault',
    id: 1,
    fault: { code: 'bad-request' },
  });
  first.finish({ ports: [], listedBy: 'system' });
  expect(await window.next()).toMatchObject({ type: 'result', id: 1 });
  expect(bridge.calls).toHaveLength(1);
});

test('messages of no known shape are dropped', async () => {
  const { window } = served();
  for (const junk of [null, 'x', [], { type: 'request' }, { type: 'ack', id: 'one' }, new Map()]) {
    window.send(junk);
  }
  expect(await window.rest()).toEqual([]);
});

test('cancel fires the signal of its request only', async () => {
  const { bridge, window } = served();
  window.send(request(1, 'listPorts'));
  const kept = await bridge.nextCall();
  window.send(request(2, 'listPorts'));
  const stopped = await bridge.nextCall();
  const aborted = new Promise((resolve) => stopped.signal.addEventListener('abort', resolve));
  window.send({ type: 'cancel', id: 2 });
  await aborted;
  expect(kept.signal.aborted).toBe(false);
});

test('two batches are ahead of the reader, the rest waits for an acknowledgement in one batch', async () => {
  const { bridge, window } = served();
  window.send(request(1, 'readTerminal', { terminalId: 'a' }));
  const call = await bridge.nextCall();
  for (const item of [1, 2, 3, 4, 5]) call.progress(item);
  expect(await window.rest()).toEqual([
    { type: 'progress', id: 1, batch: [1] },
    { type: 'progress', id: 1, batch: [2] },
  ]);
  window.send({ type: 'ack', id: 1 });
  expect(await window.next()).toEqual({ type: 'progress', id: 1, batch: [3, 4, 5] });
});

test('of snapshots that wait only the newest is sent', async () => {
  const { bridge, window } = served();
  window.send(request(1, 'flash', {}));
  const call = await bridge.nextCall();
  for (const item of [1, 2, 3, 4, 5]) call.progress(item);
  await window.rest();
  window.send({ type: 'ack', id: 1 });
  expect(await window.next()).toEqual({ type: 'progress', id: 1, batch: [5] });
});

test('all progress comes before the result, also to a reader that acknowledges nothing', async () => {
  const { bridge, window } = served();
  window.send(request(1, 'diagnose', {}));
  const call = await bridge.nextCall();
  for (const item of [1, 2, 3, 4]) call.progress(item);
  call.finish('done');
  const messages = [
    await window.next(),
    await window.next(),
    await window.next(),
    await window.next(),
  ];
  expect(messages.map((message) => message.type)).toEqual([
    'progress',
    'progress',
    'progress',
    'result',
  ]);
  expect(messages[2]).toMatchObject({ batch: [3, 4] });
});

test('a reader that stopped reading costs a bounded backlog', async () => {
  const { bridge, window } = served();
  window.send(request(1, 'watchConsole', {}));
  const call = await bridge.nextCall();
  for (let line = 0; line < 10_000; line++) call.progress(line);
  await window.rest();
  window.send({ type: 'ack', id: 1 });
  const late = await window.next();
  expect(late.type === 'progress' && [late.batch.length, late.batch.at(-1)]).toEqual([4096, 9999]);
});

test('a closed window ends its watches and lets other work go on', async () => {
  const { bridge, window } = served();
  window.send(request(1, 'watchTerminals'));
  const watch = await bridge.nextCall();
  window.send(request(2, 'flash', {}));
  const flash = await bridge.nextCall();
  window.send(request(3, 'attachJob', { jobId: 'job-1' }));
  const attached = await bridge.nextCall();
  const ended = new Promise((resolve) => watch.signal.addEventListener('abort', resolve));
  window.close();
  await ended;
  expect(flash.signal.aborted).toBe(false);
  // Cancelling this one would cancel the job it follows.
  expect(attached.signal.aborted).toBe(false);
  // What still comes has nowhere to go and does no harm.
  flash.progress({});
  flash.finish({});
});

test('two windows use the same ids without meeting', async () => {
  const bridge = new ScriptedBridge();
  const { window: one } = served(bridge);
  const { window: two } = served(bridge);
  one.send(request(1, 'listPorts'));
  const first = await bridge.nextCall();
  two.send(request(1, 'listJobs'));
  const second = await bridge.nextCall();
  second.finish('for two');
  first.finish('for one');
  expect(await one.next()).toMatchObject({ result: 'for one' });
  expect(await two.next()).toMatchObject({ result: 'for two' });
});
