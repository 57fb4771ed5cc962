import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openPort } from '../../native-bridge/ports/open-port.ts';
import type { BytePort } from '../../native-bridge/ports/port.ts';
import { portFault } from '../support/port-faults.ts';
import { type PtyPair, ptyPair } from '../support/pty.ts';

const wait = { timeoutMs: 5000 };
const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

async function readExactly(port: BytePort, count: number): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for (let bytes = 0; bytes < count;) {
    const chunk = await port.read(wait);
    if (chunk === null) break;
    parts.push(chunk);
    bytes += chunk.length;
  }
  return Buffer.concat(parts);
}

describe('a serial port', () => {
  let pair: PtyPair;
  let host: BytePort;
  let terminal: BytePort;
  beforeEach(async () => {
    pair = await ptyPair();
    [host, terminal] = await Promise.all([
      openPort(pair.host, { ...wait, baud: 921_600, dtr: true, rts: false }),
      openPort(`serial://${pair.terminal}?baud=921600`, wait),
    ]);
  });
  afterEach(async () => {
    await Promise.all([host.close(), terminal.close()]);
    await pair.pull();
  });

  it('knows its address and rate', () => {
    expect([host.url, host.baud]).toEqual([`serial://${pair.host}`, 921_600]);
    expect([terminal.url, terminal.baud]).toEqual([
      `serial://${pair.terminal}?baud=921600`,
      921_600,
    ]);
  });

  it('carries every byte value both ways', async () => {
    const all = Uint8Array.from({ length: 256 }, (_, value) => value);
    await Promise.all([host.write(all, wait), terminal.write(all, wait)]);
    expect(await readExactly(terminal, 256)).toEqual(Buffer.from(all));
    expect(await readExactly(host, 256)).toEqual(Buffer.from(all));
  });

  it('sends outstanding writes in order', async () => {
    const lines = Array.from({ length: 50 }, (_, line) => bytesOf(`line ${line}\n`));
    await Promise.all(lines.map((line) => host.write(line, wait)));
    const expected = Buffer.concat(lines);
    expect(await readExactly(terminal, expected.length)).toEqual(expected);
  });

  it('is silent when its deadline passes, and then still works', async () => {
    const fault = await portFault(host.read({ timeoutMs: 30 }));
    expect(fault).toMatchObject({ code: 'port-silent', facts: { port: pair.host } });
    await terminal.write(bytesOf('late'), wait);
    expect((await readExactly(host, 4)).toString()).toBe('late');
  });

  it('gives up a read on abort and loses no byte by it', async () => {
    const abort = new AbortController();
    const reading = portFault(host.read({ ...wait, signal: abort.signal }));
    abort.abort();
    expect(await reading).toMatchObject({ code: 'cancelled' });
    await terminal.write(bytesOf('kept'), wait);
    expect((await readExactly(host, 4)).toString()).toBe('kept');
  });

  it('has one reader at a time', async () => {
    const first = host.read(wait);
    await expect(host.read(wait)).rejects.toThrow(RangeError);
    await terminal.write(bytesOf('x'), wait);
    expect(await first).toEqual(bytesOf('x'));
  });

  it('holds back a sender that nobody reads, and loses nothing', async () => {
    const sent = Buffer.alloc(1024 * 1024, 'abcdefghij');
    const fault = await portFault(terminal.write(sent, { timeoutMs: 400 }));
    expect(fault.code).toBe('port-write-timeout');
    const received = await readExactly(host, sent.length);
    expect(received.equals(sent)).toBe(true);
  });

  it('gives up a write on abort', async () => {
    const abort = new AbortController();
    const sent = Buffer.alloc(1024 * 1024);
    const writing = portFault(terminal.write(sent, { ...wait, signal: abort.signal }));
    abort.abort();
    expect(await writing).toMatchObject({ code: 'cancelled' });
  });

  it('ends a waiting read with null when we close it', async () => {
    const reading = host.read(wait);
    await host.close();
    expect(await reading).toBeNull();
    expect(await host.closed).toBeNull();
    expect(await host.read(wait)).toBeNull();
    expect((await portFault(host.write(bytesOf('x'), wait))).code).toBe('port-vanished');
  });

  it('sets modem lines where there are some, and says nothing where there are none', async () => {
    await expect(host.setSignals({ dtr: false })).resolves.toBeUndefined();
  });

  it('says that it vanished when the cable is pulled, to whoever waits and whoever comes', async () => {
    const reading = portFault(host.read(wait));
    await pair.pull();
    expect(await reading).toMatchObject({ code: 'port-vanished', facts: { port: pair.host } });
    expect(await host.closed).toMatchObject({ code: 'port-vanished' });
    expect((await portFault(host.read(wait))).code).toBe('port-vanished');
    expect((await portFault(host.write(bytesOf('x'), wait))).code).toBe('port-vanished');
  });

  it('notices a pulled cable while its buffer is full and nobody reads', async () => {
    void terminal.write(Buffer.alloc(1024 * 1024), wait).catch(() => undefined);
    const chunk = await host.read(wait);
    expect(chunk?.length).toBeGreaterThan(0);
    await pair.pull();
    expect(await host.closed).toMatchObject({ code: 'port-vanished' });
  });
});
