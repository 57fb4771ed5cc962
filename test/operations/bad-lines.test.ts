/** Lines on which nothing good is to be had: each ends in its deadline with one fault. */
import { describe, expect, it } from 'vitest';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { onTestFinished } from 'vitest';
import { connectBox, openBench, type Bench } from '../support/bench.ts';

async function connectTo({ bridge }: Bench, portUrl: string) {
  return await bridge.request('connect', { portUrl }).then(
    (terminal) => terminal.profile,
    (error: unknown) => (error as { fault: { code: string } }).fault.code,
  );
}

/** A TCP port that answers every chunk with what `answer` gives. */
async function serve(answer: (chunk: Buffer) => Uint8Array): Promise<string> {
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.on('data', (chunk) => socket.write(answer(chunk)));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const address = server.address();
  return `tcp://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
}

describe('connecting', () => {
  it.each([
    ['silent', 'port-silent'],
    ['echoing-port', 'port-echoes'],
  ])('to a port with the fault %s ends in %s', async (fault, code) => {
    const bench = await openBench();
    const { portUrl } = await bench.bridge.request('startTraining', { baud: 0, faults: [fault] });
    expect(await connectTo(bench, portUrl)).toBe(code);
  });

  it('to something that talks, but not SMP, ends as silence: what it says is no reply', async () => {
    const url = await serve(() => new TextEncoder().encode('login: \r\n'));
    expect(await connectTo(await openBench(), url)).toBe('port-silent');
  });

  it('to a flood of garbage ends, too', async () => {
    const noise = Uint8Array.from({ length: 65_536 }, (_, index) => (index * 7919) % 251);
    const url = await serve(() => noise);
    expect(await connectTo(await openBench(), url)).toBe('port-silent');
  });

  it.each([
    ['tcp://127.0.0.1:1', 'port-refused'],
    ['/dev/ttyNOSUCH7', 'port-missing'],
    ['http://example.test/', 'port-address-invalid'],
    ['tcp://127.0.0.1:99999', 'port-address-invalid'],
  ])('to %s ends in %s', async (url, code) => {
    expect(await connectTo(await openBench(), url)).toBe(code);
  });

  it('is cancelled at once', async () => {
    const bench = await openBench();
    const { portUrl } = await bench.bridge.request('startTraining', {
      baud: 0,
      faults: ['silent'],
    });
    const signal = AbortSignal.timeout(100);
    await expect(bench.bridge.request('connect', { portUrl }, { signal })).rejects.toMatchObject({
      fault: { code: 'cancelled' },
    });
  });
});

describe('a terminal that falls silent', () => {
  it('is not waited for once for each of its settings', async () => {
    const bench = await openBench();
    const { terminal, trainingId } = await connectBox(bench);
    await bench.bridge.request('setTrainingFault', { trainingId, fault: 'silent', on: true });
    await expect(
      bench.bridge.request('readSettings', { terminalId: terminal.id }),
    ).rejects.toMatchObject({ fault: { code: 'reply-timeout' } });
  });

  it('nor for each of its readings', async () => {
    const bench = await openBench();
    const { terminal, trainingId } = await connectBox(bench);
    await bench.bridge.request('setTrainingFault', { trainingId, fault: 'silent', on: true });
    const told: unknown[] = [];
    await expect(
      bench.bridge.request(
        'readTerminal',
        { terminalId: terminal.id },
        { onProgress: (progress) => told.push(progress) },
      ),
    ).rejects.toMatchObject({ fault: { code: 'reply-timeout' } });
    expect(told.length).toBeLessThan(10);
  });
});

describe('a pulled cable', () => {
  it('ends what runs and leaves the terminal on the desk, saying what was interrupted', async () => {
    const bench = await openBench();
    const { terminal, trainingId } = await connectBox(bench);
    const reading = bench.bridge.request(
      'readTerminal',
      { terminalId: terminal.id },
      {
        onProgress: () => {
          void bench.bridge.request('setTrainingCable', { trainingId, plugged: false });
        },
      },
    );
    await expect(reading).rejects.toMatchObject({ fault: { code: 'port-vanished' } });
    const stop = new AbortController();
    const seen = new Promise((resolve) => {
      void bench.bridge
        .request(
          'watchTerminals',
          {},
          {
            signal: stop.signal,
            onProgress: ({ terminals }) => {
              const gone = terminals.find((t) => t.id === terminal.id && !t.connected);
              if (gone) resolve(gone.interrupted?.key);
            },
          },
        )
        .catch(() => undefined);
    });
    expect(await seen).toBe('interrupted_reading');
    stop.abort();
  });

  it('is taken up again by itself when it is back', async () => {
    const bench = await openBench();
    const { terminal, trainingId } = await connectBox(bench);
    await bench.bridge.request('setTrainingCable', { trainingId, plugged: false });
    const stop = new AbortController();
    const back = new Promise((resolve) => {
      let wasGone = false;
      void bench.bridge
        .request(
          'watchTerminals',
          {},
          {
            signal: stop.signal,
            onProgress: ({ terminals }) => {
              const now = terminals.find((t) => t.id === terminal.id);
              wasGone ||= now?.connected === false;
              if (wasGone && now?.connected === true) resolve(true);
            },
          },
        )
        .catch(() => undefined);
    });
    await bench.bridge.request('setTrainingCable', { trainingId, plugged: true });
    expect(await back).toBe(true);
    stop.abort();
  });
});
