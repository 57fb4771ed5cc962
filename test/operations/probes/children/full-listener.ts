/**
 * Listens with hardly any room for connections that nobody takes, and takes none: when the room is
 * full the system drops what comes, as a network does that loses packets.
 */
import { createServer, type AddressInfo } from 'node:net';
import { writeSync } from 'node:fs';

const server = createServer();
server.listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => {
  writeSync(1, `${(server.address() as AddressInfo).port}\n`);
  // Holds this thread, so that no connection is taken; whoever started it ends it.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
});
