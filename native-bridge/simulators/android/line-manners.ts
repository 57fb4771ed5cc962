/** Bad manners of the ADB side (`faults/line.ts`), packet by packet. */
import type { Manners } from './adb/connection.ts';
import type { Packet } from './adb/packet.ts';
import type { FaultSet } from './faults.ts';

const ABSURD_BYTES = 0xffff_fff0;
const FLOOD_BYTES = 16 * 1024;
const FOREIGN_ID = 0x5eed;
const CUT_AFTER_BYTES = 1024;

const LENGTH_AT = 12;
const CHECKSUM_AT = 16;

/** Of one connection. */
export class LineManners implements Manners {
  readonly #faults: FaultSet;
  /** Local numbers of the streams whose first output, or first OKAY, is through. */
  readonly #begun = new Set<number>();
  #last: Packet | null = null;
  #sentBytes = 0;

  constructor(faults: FaultSet) {
    this.#faults = faults;
  }

  outgoing(packet: Packet): Packet | null {
    if (packet.command === 'OKAY') {
      this.#last = packet;
      return this.#faults.has('no-acknowledgement') && !this.#first(packet) ? null : packet;
    }
    if (packet.command === 'CLSE' && this.#faults.has('stalls')) return null;
    if (packet.command !== 'WRTE') return packet;
    if (this.#faults.has('foreign-stream-ids')) {
      return { ...packet, arg0: FOREIGN_ID, arg1: FOREIGN_ID };
    }
    if (this.#faults.has('stalls')) return this.#firstWrite(packet) ? half(packet) : null;
    if (this.#faults.has('closes-streams') && !this.#firstWrite(packet)) {
      return { ...packet, command: 'CLSE', payload: new Uint8Array() };
    }
    return this.#faults.has('closes-streams') ? half(packet) : packet;
  }

  spoil({ command }: Packet, header: Buffer): void {
    if (command !== 'WRTE') return;
    if (this.#faults.has('absurd-length')) header.writeUInt32LE(ABSURD_BYTES, LENGTH_AT);
    if (this.#faults.has('bad-checksum')) {
      header.writeUInt32LE((header.readUInt32LE(CHECKSUM_AT) + 1) >>> 0, CHECKSUM_AT);
    }
  }

  cuts({ command, payload }: Packet): boolean {
    if (command === 'WRTE') this.#sentBytes += payload.length;
    return this.#faults.has('drops-link') && this.#sentBytes >= CUT_AFTER_BYTES;
  }

  connected(send: (packet: Packet) => Promise<void>): () => void {
    let stopped = false;
    const payload = Buffer.alloc(FLOOD_BYTES, 'flood ');
    const turn = async (): Promise<void> => {
      if (stopped) return;
      const write = { command: 'WRTE', payload } as const;
      if (this.#faults.has('floods-messages')) {
        await send({ ...write, arg0: FOREIGN_ID, arg1: FOREIGN_ID });
      }
      if (this.#faults.has('floods') && this.#last !== null) {
        await send({ ...write, arg0: this.#last.arg0, arg1: this.#last.arg1 });
      }
      setTimeout(() => void turn(), 1);
    };
    void turn();
    return () => void (stopped = true);
  }

  #first({ arg0 }: Packet): boolean {
    if (this.#begun.has(arg0)) return false;
    this.#begun.add(arg0);
    return true;
  }

  /** Negative numbers keep the two apart. */
  #firstWrite(packet: Packet): boolean {
    return this.#first({ ...packet, arg0: -packet.arg0 });
  }
}

function half(packet: Packet): Packet {
  return { ...packet, payload: packet.payload.subarray(0, packet.payload.length >> 1) };
}
