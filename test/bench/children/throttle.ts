/**
 * A TCP line of limited rate, in a process of its own: `throttle.ts TARGET_PORT BYTES_PER_SECOND`.
 * Prints its own port. Each connection and each direction has the whole rate to itself.
 */
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

const [target, rate] = process.argv.slice(2).map(Number) as [number, number];
/** A late timer is made up for, up to so much. */
const BURST_SECONDS = 0.02;

async function carry(from: Socket, to: Socket): Promise<void> {
  let freeAtMs = performance.now();
  for await (const chunk of from as AsyncIterable<Buffer>) {
    if (!to.write(chunk)) await new Promise((resolve) => to.once('drain', resolve));
    const nowMs = performance.now();
    freeAtMs = Math.max(freeAtMs, nowMs - BURST_SECONDS * 1000) + (chunk.length / rate) * 1000;
    if (freeAtMs > nowMs + 1) {
      await new Promise((resolve) => setTimeout(resolve, freeAtMs - nowMs));
    }
  }
  to.end();
}

const server = createServer({ noDelay: true }, (host) => {
  const terminal = connect({ port: target, host: '127.0.0.1', noDelay: true });
  const end = (): void => {
    host.destroy();
    terminal.destroy();
  };
  host.once('error', end);
  terminal.once('error', end);
  carry(host, terminal).catch(end);
  carry(terminal, host).catch(end);
});
server.listen(0, '127.0.0.1', () => console.log((server.address() as AddressInfo).port));
