import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openPort } from '../../native-bridge/ports/open-port.ts';
import type { BytePort } from '../../native-bridge/ports/port.ts';
import { portFault } from '../support/port-faults.ts';
import { type TcpTerminal, tcpTerminal } from '../support/tcp-terminal.ts';

const wait = { timeoutMs: 5000 };
const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('a TCP port', () => {
  let terminal: TcpTerminal;
  let port: BytePort;
  beforeEach(async () => {
    terminal = await tcpTerminal();
    port = await openPort(terminal.url, wait);
  });
  afterEach(async () => {
    await port.close();
    await terminal.close();
  });

  it('carries bytes both ways', async () => {
    const socket = await terminal.socket();
    await port.write(bytesOf('ping'), wait);
    const [received] = (await once(socket, 'data')) as [Buffer];
    expect(received.toString()).toBe('ping');
    socket.write('pong');
    expect(await port.read(wait)).toEqual(bytesOf('pong'));
  });

  it('has no rate and no modem lines', async () => {
    expect(port.baud).toBeNull();
    await expect(port.setSignals({ dtr: true })).resolves.toBeUndefined();
  });

  it('vanishes when the other side hangs up, after what it had said', async () => {
    const socket = await terminal.socket();
    socket.end('bye');
    expect(await port.read(wait)).toEqual(bytesOf('bye'));
    expect(await port.closed).toMatchObject({ code: 'port-vanished' });
    expect((await portFault(port.read(wait))).code).toBe('port-vanished');
    expect((await portFault(port.write(bytesOf('x'), wait))).code).toBe('port-vanished');
  });

  it('vanishes when the connection is reset', async () => {
    const reading = portFault(port.read(wait));
    (await terminal.socket()).resetAndDestroy();
    expect((await reading).code).toBe('port-vanished');
  });

  it('sends what was written before it was closed', async () => {
    const socket = await terminal.socket();
    await port.write(bytesOf('last words'), wait);
    await port.close();
    const parts = await socket.toArray();
    expect(Buffer.concat(parts as Buffer[]).toString()).toBe('last words');
    expect(await port.closed).toBeNull();
  });

  it('is ended at the other side when it is closed, so that the next host finds it free', async () => {
    const socket = await terminal.socket();
    const hungUp = once(socket.resume(), 'end');
    await port.close();
    await hungUp;
    expect(socket.readableEnded).toBe(true);
  });

  it('is closed although the other side does not hang up', async () => {
    const socket = await terminal.socket();
    socket.allowHalfOpen = true;
    await port.close();
    expect(await port.closed).toBeNull();
  });

  it('holds back a sender that nobody reads', async () => {
    const socket = await terminal.socket();
    const sent = Buffer.alloc(16 * 1024 * 1024, 'abcdefghij');
    const flushed = once(socket, 'drain');
    expect(socket.write(sent)).toBe(false);
    await portFault(port.read({ ...wait, signal: AbortSignal.abort() }));
    const first = await Promise.race([flushed, port.closed, pauseMs(200)]);
    expect(first).toBe('still waiting');
    let bytes = 0;
    while (bytes < sent.length) bytes += (await port.read(wait))?.length ?? NaN;
    expect(bytes).toBe(sent.length);
  });

  it('gives up a write that the other side does not take', async () => {
    (await terminal.socket()).pause();
    const fault = await portFault(port.write(Buffer.alloc(64 * 1024 * 1024), { timeoutMs: 200 }));
    expect(fault.code).toBe('port-write-timeout');
  });
});

/** Time in which nothing is expected to happen. */
function pauseMs(ms: number): Promise<string> {
  return new Promise((resolve) => setTimeout(() => resolve('still waiting'), ms));
}

describe('opening a TCP port', () => {
  it('where nobody listens is refused', async () => {
    const gone = await tcpTerminal();
    await gone.close();
    const fault = await portFault(openPort(gone.url, wait));
    expect(fault).toMatchObject({ code: 'port-refused', facts: { port: gone.url.slice(6) } });
  });

  it('with an unknown name is unreachable', async () => {
    const fault = await portFault(openPort('tcp://no-such-host.invalid:7000', wait));
    expect(fault.code).toBe('port-unreachable');
  });

  it('is cancelled while it goes on', async () => {
    const terminal = await tcpTerminal();
    const abort = new AbortController();
    const opening = portFault(openPort(terminal.url, { ...wait, signal: abort.signal }));
    abort.abort();
    expect((await opening).code).toBe('cancelled');
    await terminal.close();
  });

  it('that nobody takes up ends in its deadline', async () => {
    // A listener with room for one that never accepts: those after it hang.
    const script = `use Socket; socket(S, PF_INET, SOCK_STREAM, 0);
      bind(S, sockaddr_in(0, inet_aton("127.0.0.1"))); listen(S, 0);
      $| = 1; print ((sockaddr_in(getsockname(S)))[0]); <STDIN>`;
    const listener = spawn('perl', ['-e', script], { stdio: ['pipe', 'pipe', 'inherit'] });
    const [number] = (await once(listener.stdout, 'data')) as [Buffer];
    const url = `tcp://127.0.0.1:${number.toString()}`;
    const opened = await Promise.allSettled(
      Array.from({ length: 6 }, () => openPort(url, { timeoutMs: 300 })),
    );
    expect(opened.at(-1)).toMatchObject({ reason: { code: 'port-open-timeout' } });
    for (const open of opened) if (open.status === 'fulfilled') await open.value.close();
    listener.stdin.end();
    await once(listener, 'exit');
  });
});
