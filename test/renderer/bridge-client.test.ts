/** The window's end of the line, over real message channels. */
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { expect, onTestFinished, test } from 'vitest';
import { BridgeFault } from '../../native-bridge/contract/bridge-fault.ts';
import type { FromBridge, ToBridge } from '../../native-bridge/contract/messages.ts';
import { BridgeClient, type Line } from '../../renderer/state/bridge-client.ts';

interface FarEnd {
  next(): Promise<ToBridge>;
  send(message: FromBridge): void;
  close(): void;
}

function connect(client: BridgeClient): FarEnd {
  const { port1, port2 } = new MessageChannel();
  onTestFinished(() => port2.close());
  client.attach(port1 as unknown as Line);
  return farEnd(port2);
}

function farEnd(port: MessagePort): FarEnd {
  const arrived: ToBridge[] = [];
  const waiting: ((message: ToBridge) => void)[] = [];
  port.on('message', (message: ToBridge) => {
    const first = waiting.shift();
    if (first) first(message);
    else arrived.push(message);
  });
  return {
    next: () => {
      const message = arrived.shift();
      return message ? Promise.resolve(message) : new Promise((resolve) => waiting.push(resolve));
    },
    send: (message) => port.postMessage(message),
    close: () => port.close(),
  };
}

const codeOf = (error: unknown): unknown =>
  error instanceof BridgeFault ? error.fault.code : error;

test('a request gets its own result', async () => {
  const client = new BridgeClient();
  const far = connect(client);
  const result = client.call('listJobs', {});
  const request = await far.next();
  expect(request).toMatchObject({ type: 'request', name: 'listJobs', params: {} });
  far.send({ type: 'result', id: request.id, result: { jobs: [] } });
  await expect(result).resolves.toEqual({ jobs: [] });
});

test('answers that come in another order reach the right requests', async () => {
  const client = new BridgeClient();
  const far = connect(client);
  const first = client.call('listJobs', {});
  const second = client.call('listInterrupted', {});
  const [a, b] = [await far.next(), await far.next()];
  far.send({ type: 'result', id: b.id, result: { interrupted: [] } });
  far.send({ type: 'result', id: a.id, result: { jobs: [] } });
  await expect(second).resolves.toEqual({ interrupted: [] });
  await expect(first).resolves.toEqual({ jobs: [] });
});

test('a progress batch is acknowledged after it was handled', async () => {
  const client = new BridgeClient();
  const far = connect(client);
  const seen: unknown[] = [];
  const { result } = client.start('applySettings', { terminalId: 't', changes: [] }, (item) =>
    seen.push(item),
  );
  const { id } = await far.next();
  const batch = [1, 2].map((done) => ({ key: 'k', done, of: 2 }));
  far.send({ type: 'progress', id, batch });
  expect(await far.next()).toEqual({ type: 'ack', id });
  expect(seen).toEqual(batch);
  far.send({ type: 'fault', id, fault: { code: 'cancelled', facts: {}, trace: [] } });
  await expect(result.catch(codeOf)).resolves.toBe('cancelled');
});

test('cancelling names the request', async () => {
  const client = new BridgeClient();
  const far = connect(client);
  const running = client.start('watchTerminals', {});
  const { id } = await far.next();
  running.cancel();
  expect(await far.next()).toEqual({ type: 'cancel', id });
  far.send({ type: 'fault', id, fault: { code: 'cancelled', facts: {}, trace: [] } });
  await expect(running.result.catch(codeOf)).resolves.toBe('cancelled');
});

test('what only reads ends as the bridge’s loss when the line breaks, and listeners hear of it', async () => {
  const client = new BridgeClient();
  const lost = new Promise<void>((resolve) => client.onLost(resolve));
  const far = connect(client);
  const { result } = client.start('watchTerminals', {});
  await far.next();
  far.close();
  await expect(result.catch(codeOf)).resolves.toBe('bridge-lost');
  await lost;
});

test('what may have changed the terminal ends as interrupted: its state is to be read first', async () => {
  const client = new BridgeClient();
  const far = connect(client);
  const { result } = client.start('undoCorrection', { terminalId: 'a', correctionId: 'b' });
  await far.next();
  far.close();
  await expect(result.catch(codeOf)).resolves.toBe('interrupted');
});

test('a request without a line was never begun: the bridge is away', async () => {
  await expect(new BridgeClient().call('listJobs', {}).catch(codeOf)).resolves.toBe('bridge-away');
});

test('a fresh line serves new requests; the old one is given up and listeners told it is not the first', async () => {
  const client = new BridgeClient();
  const attached: boolean[] = [];
  client.onConnected((again) => attached.push(again));
  connect(client);
  const old = client.call('listJobs', {}).catch(codeOf);
  const far = connect(client);
  await expect(old).resolves.toBe('bridge-lost');
  const result = client.call('listJobs', {});
  far.send({ type: 'result', id: (await far.next()).id, result: { jobs: [] } });
  await expect(result).resolves.toEqual({ jobs: [] });
  expect(attached).toEqual([false, true]);
});
