/** `shell,v2`: one byte that says what, four of length, the bytes (adb/shell_protocol.h). */

const ids = {
  stdin: 0,
  stdout: 1,
  stderr: 2,
  exit: 3,
  'close-stdin': 4,
  'window-size': 5,
} as const;
type Id = keyof typeof ids;

const HEAD_BYTES = 5;
const MAX_BYTES = 1024 * 1024;

export function encodeShellPacket(id: Id, payload: Uint8Array): Buffer {
  const packet = Buffer.alloc(HEAD_BYTES + payload.length);
  packet.writeUInt8(ids[id], 0);
  packet.writeUInt32LE(payload.length, 1);
  packet.set(payload, HEAD_BYTES);
  return packet;
}

export class ShellPackets {
  #held = Buffer.alloc(0);

  /** What is too large to be one is dropped with all that follows. */
  push(bytes: Uint8Array): { readonly id: Id | null; readonly payload: Buffer }[] {
    this.#held = Buffer.concat([this.#held, bytes]);
    const packets = [];
    while (this.#held.length >= HEAD_BYTES) {
      const length = this.#held.readUInt32LE(1);
      if (length > MAX_BYTES) {
        this.#held = Buffer.alloc(0);
        break;
      }
      if (this.#held.length < HEAD_BYTES + length) break;
      const number = this.#held[0];
      const id = (Object.keys(ids) as Id[]).find((name) => ids[name] === number) ?? null;
      packets.push({ id, payload: this.#held.subarray(HEAD_BYTES, HEAD_BYTES + length) });
      this.#held = this.#held.subarray(HEAD_BYTES + length);
    }
    return packets;
  }
}
