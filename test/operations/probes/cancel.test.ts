/** Cancelling and deadlines: whatever is under way ends, and its connection with it. */
import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { askStatus, probeHost, testPortal } from '../../../native-bridge/probes/index.ts';

/** Takes connections and says nothing. */
async function silentServer() {
  const server = createServer();
  onTestFinished(() => void server.close());
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const taken = once(server, 'connection') as Promise<[Socket]>;
  return { port, taken };
}

/** Settles when the client has let its connection go. */
async function letGo(taken: Promise<[Socket]>): Promise<void> {
  const [socket] = await taken;
  socket.on('error', () => undefined);
  socket.resume();
  if (!socket.closed) await once(socket, 'close');
}

const hour = 3_600_000;
type Ask = (port: number, signal: AbortSignal, timeoutMs: number) => Promise<unknown>;

const questions: readonly (readonly [string, Ask])[] = [
  [
    'a probe',
    (port, signal, stepTimeoutMs) =>
      probeHost(
        { host: '127.0.0.1', port, secure: true },
        { stepTimeoutMs, known: [], sampling: { count: 0 } },
        signal,
      ),
  ],
  [
    'the status service’s client',
    (port, signal, timeoutMs) =>
      askStatus(`https://127.0.0.1:${port}`, '898310048160001', { timeoutMs }, signal),
  ],
  [
    'the search for a sign-in page',
    (port, signal, timeoutMs) =>
      testPortal(
        [{ url: `http://127.0.0.1:${port}/`, status: 204, contains: null }],
        { timeoutMs },
        signal,
      ),
  ],
];

describe.each(questions)('%s', (_name, ask) => {
  it('ends at once when it is cancelled, with the reason, and lets its connection go', async () => {
    const { port, taken } = await silentServer();
    const cancelling = new AbortController();
    const asked = ask(port, cancelling.signal, hour);
    const reason = new Error('enough');
    const rejected = expect(asked).rejects.toBe(reason);
    await taken;
    cancelling.abort(reason);
    await rejected;
    await letGo(taken);
  });

  it('is not begun when it was cancelled before', async () => {
    const cancelled = AbortSignal.abort(new Error('before'));
    await expect(ask(9, cancelled, hour)).rejects.toThrow('before');
  });

  it('ends by its deadline, and lets its connection go', async () => {
    const { port, taken } = await silentServer();
    await ask(port, new AbortController().signal, 1_000);
    await letGo(taken);
  });
});
