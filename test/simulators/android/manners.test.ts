/** Bad manners, as a host sees them on the wire. */
import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { startTerminal } from './terminal.ts';
import {
  encodeHeader,
  type Command,
  type Packet,
} from '../../../native-bridge/simulators/android/adb/packet.ts';

/** Raw headers as they come: `[command, arg0, arg1, announced bytes]`. */
async function talk(fault: string) {
  const terminal = await startTerminal('--auth', 'already-known', '--fault', fault);
  const [host = '', port = ''] = terminal.adb.split(':');
  const socket = connect(Number(port), host);
  onTestFinished(() => void socket.destroy());
  const seen: Buffer[] = [];
  socket.on('data', (bytes) => seen.push(bytes));
  socket.on('error', () => undefined);
  const send = (command: Command, arg0: number, arg1: number, text = ''): void => {
    const packet: Packet = { command, arg0, arg1, payload: Buffer.from(text) };
    socket.write(Buffer.concat([encodeHeader(packet, true), packet.payload]));
  };
  await once(socket, 'connect');
  send('CNXN', 0x0100_0001, 1 << 20, 'host::features=shell_v2');
  return { send, socket, seen: () => Buffer.concat(seen) };
}

const wrote = (bytes: Buffer): Buffer | null => {
  const at = bytes.indexOf('WRTE');
  return at < 0 || bytes.length < at + 24 ? null : bytes.subarray(at);
};

test('silent: not a byte comes', async () => {
  const { send, seen } = await talk('silent');
  send('OPEN', 1, 0, 'shell:id\0');
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(seen()).toHaveLength(0);
});

test('garbage: what comes is no ADB', async () => {
  const { seen } = await talk('garbage');
  await expect.poll(() => seen().toString('latin1')).toMatch(/^HTTP/);
});

test('absurd-length: nearly 4 GiB are announced', async () => {
  const { send, seen } = await talk('absurd-length');
  send('OPEN', 1, 0, 'shell:id\0');
  await expect.poll(() => wrote(seen())?.readUInt32LE(12)).toBeGreaterThan(0xff00_0000);
});

test('foreign-stream-ids: nobody asked for this stream', async () => {
  const { send, seen } = await talk('foreign-stream-ids');
  send('OPEN', 1, 0, 'shell:id\0');
  await expect.poll(() => wrote(seen())?.readUInt32LE(8)).toBe(0x5eed);
});

test('refuses-services: CLSE answers every OPEN', async () => {
  const { send, seen } = await talk('refuses-services');
  send('OPEN', 1, 0, 'shell:id\0');
  await expect.poll(() => seen().includes('CLSE')).toBe(true);
});

test('floods: it does not wait for an acknowledgement', async () => {
  const { send, seen } = await talk('floods');
  send('OPEN', 1, 0, 'shell:sleep 5\0');
  await expect.poll(() => seen().toString('latin1').split('WRTE').length).toBeGreaterThan(5);
});

test('drops-link: the connection is cut in the middle of the output', async () => {
  const { send, socket } = await talk('drops-link');
  const closed = once(socket, 'close');
  send('OPEN', 1, 0, 'shell:getprop\0');
  await closed;
});

test('stalls: half of the output comes, and the stream stays open', async () => {
  const { send, seen } = await talk('stalls');
  send('OPEN', 1, 0, 'shell:getprop\0');
  await expect.poll(() => wrote(seen())).not.toBeNull();
  const first = wrote(seen());
  send('OKAY', 1, first?.readUInt32LE(4) ?? 0);
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(seen().includes('CLSE')).toBe(false);
});
