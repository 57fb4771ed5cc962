/** The recordings of real devices, as requests with the replies they got. */
import { readFileSync } from 'node:fs';
import { Deframer, readReply, type Reply } from './frames.ts';

export interface Exchange {
  /** The request's bytes as they went over the line, and as a packet. */
  readonly wire: Buffer;
  readonly request: Reply;
  readonly reply: Reply | Buffer;
}

interface Entry {
  readonly from: 'host' | 'terminal';
  readonly bytes: string;
}

/** Requests in order. A reply whose body is no CBOR is left as bytes. */
export function exchanges(name: string): Exchange[] {
  const file = new URL(`../fixtures/smp/${name}`, import.meta.url);
  const entries = readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Entry);
  const [host, terminal] = [new Deframer(), new Deframer()];
  const found: Exchange[] = [];
  let wire: Buffer[] = [];
  let asked: { wire: Buffer; request: Reply } | null = null;
  for (const { from, bytes } of entries) {
    const chunk = Buffer.from(bytes, 'hex');
    if (from === 'host') {
      wire.push(chunk);
      for (const packet of host.push(chunk)) {
        asked = { wire: Buffer.concat(wire), request: readReply(packet) };
        wire = [];
      }
    } else {
      for (const packet of terminal.push(chunk)) {
        if (asked !== null) found.push({ ...asked, reply: tryReply(packet) });
      }
    }
  }
  return found;
}

function tryReply(packet: Buffer): Reply | Buffer {
  try {
    return readReply(packet);
  } catch {
    return packet;
  }
}
