/** The terminal's end of a TCP line: one host at a time, raw bytes. */
import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';

export interface TcpTerminal {
  readonly url: string;
  /** The connected host's socket; waits for it. */
  socket(): Promise<Socket>;
  close(): Promise<void>;
}

export async function tcpTerminal(
  onHost: (socket: Socket) => void = () => undefined,
): Promise<TcpTerminal> {
  const sockets: Socket[] = [];
  const server = createServer({ noDelay: true }, (socket) => {
    sockets.push(socket);
    socket.on('error', () => socket.destroy());
    onHost(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `tcp://127.0.0.1:${port}`,
    socket: async () => {
      while (sockets.length === 0) await once(server, 'connection');
      return sockets.at(-1) as Socket;
    },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      if (!server.listening) return;
      server.close();
      await once(server, 'close');
    },
  };
}
