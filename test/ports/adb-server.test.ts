import { createServer, type Server, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import {
  adbServerDevices,
  findAdbServer,
  killAdbServer,
} from '../../native-bridge/ports/adb-server.ts';

/** Speaks as an adb server does, from its documentation; `answers`: request → what is sent back. */
class FakeServer {
  readonly asked: string[] = [];
  readonly #server: Server;
  #port = 0;

  constructor(answers: Readonly<Record<string, string>>) {
    this.#server = createServer((socket: Socket) => {
      socket.on('error', () => undefined);
      socket.on('data', (bytes) => {
        const request = bytes.toString('utf8').slice(4);
        this.asked.push(request);
        if (request === 'host:kill') this.#server.close();
        const answer = answers[request];
        if (answer !== undefined) socket.end(answer);
      });
    });
  }

  async listen(): Promise<number> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    const address = this.#server.address();
    this.#port = typeof address === 'object' && address ? address.port : 0;
    return this.#port;
  }

  stop(): void {
    this.#server.close();
  }
}

function okay(text: string): string {
  return `OKAY${Buffer.byteLength(text).toString(16).padStart(4, '0')}${text}`;
}

const list = [
  'P2-0815                device usb:1-1.4 product:p2 model:P2 device:p2 transport_id:3',
  '0123456789             no permissions (user in plugdev group; are your udev rules wrong?) usb:2-1',
  '192.168.1.20:5555      offline transport_id:4',
  '',
].join('\n');

describe('an adb server', () => {
  const servers: FakeServer[] = [];
  afterEach(() => {
    for (const server of servers.splice(0)) server.stop();
  });
  const serve = (answers: Readonly<Record<string, string>>): FakeServer => {
    const server = new FakeServer(answers);
    servers.push(server);
    return server;
  };

  it('says its version, its process and what it has, each USB device with its place', async () => {
    const server = serve({ 'host:version': okay('0029'), 'host:devices-l': okay(list) });
    const found = await findAdbServer(await server.listen());
    expect(found).toMatchObject({ version: 41 });
    if (process.platform === 'linux') expect(found?.process?.pid).toBe(process.pid);
    expect(found?.devices.map(({ serialNumber, place }) => [serialNumber, place])).toEqual([
      ['P2-0815', '1-1.4'],
      ['0123456789', '2-1'],
      ['192.168.1.20:5555', null],
    ]);
  });

  it.each([
    ['another program', { 'host:version': 'HTTP/1.1 400 Bad Request\r\n\r\n' }],
    ['one that refuses', { 'host:version': 'FAIL0004nope' }],
    ['an answer that is cut off', { 'host:version': 'OKAY00ff0029' }],
    ['a version that is none', { 'host:version': okay('zzzz') }],
  ])('is not what %s is', async (_what, answers) => {
    expect(await findAdbServer(await serve(answers).listen())).toBeNull();
  });

  it('that floods is not read to the end', async () => {
    const server = serve({ 'host:devices-l': `OKAYffff${'x'.repeat(10_000_000)}` });
    const devices = await adbServerDevices(await server.listen());
    expect(devices).toEqual([]);
  });

  it('is gone when it was told to end', async () => {
    const server = serve({ 'host:version': okay('0029') });
    const port = await server.listen();
    expect(await killAdbServer(port)).toBe(true);
    expect(server.asked[0]).toBe('host:kill');
    expect(await findAdbServer(port)).toBeNull();
  });
});
