/**
 * Fastboot over TCP (AOSP, system/core/fastboot/README.md, "TCP Protocol v1"): both sides begin with
 * "FB01"; then each message is its length (8 bytes, big-endian) and its bytes.
 */
import type { Decoder } from '../codec.ts';
import { FastbootFormatError } from './errors.ts';
import { maxReplyBytes } from './reply.ts';

export const tcpHandshake = new TextEncoder().encode('FB01');
const handshakeBytes = 4;
const lengthBytes = 8;

/** The length that goes before a message's bytes. */
export function messageLength(sizeBytes: number): Uint8Array {
  const head = new Uint8Array(lengthBytes);
  const view = new DataView(head.buffer);
  view.setUint32(0, Math.floor(sizeBytes / 2 ** 32));
  view.setUint32(4, sizeBytes % 2 ** 32);
  return head;
}

/** The device's messages, its handshake not among them. Throws FastbootFormatError. */
export class TcpFraming implements Decoder<Uint8Array> {
  #greeted = false;
  /** Never longer than a message and its head. */
  #rest = new Uint8Array(0);

  /** The device's handshake has come. */
  get greeted(): boolean {
    return this.#greeted;
  }

  push(chunk: Uint8Array): Uint8Array[] {
    const bytes = new Uint8Array(this.#rest.length + chunk.length);
    bytes.set(this.#rest);
    bytes.set(chunk, this.#rest.length);
    const messages: Uint8Array[] = [];
    let at = this.#greet(bytes);
    while (this.#greeted && at + lengthBytes <= bytes.length) {
      const sizeBytes = sizeAt(bytes, at);
      const end = at + lengthBytes + sizeBytes;
      if (end > bytes.length) break;
      messages.push(bytes.slice(at + lengthBytes, end));
      at = end;
    }
    this.#rest = bytes.slice(at);
    return messages;
  }

  reset(): void {
    this.#greeted = false;
    this.#rest = new Uint8Array(0);
  }

  #greet(bytes: Uint8Array): number {
    if (this.#greeted || bytes.length < handshakeBytes) return 0;
    const greeting = String.fromCharCode(...bytes.subarray(0, handshakeBytes));
    // The lower version of both is spoken; there is none below 1.
    if (!/^FB(?!00)\d\d$/.test(greeting)) throw new FastbootFormatError('handshake');
    this.#greeted = true;
    return handshakeBytes;
  }
}

function sizeAt(bytes: Uint8Array, at: number): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset + at, lengthBytes);
  const sizeBytes = view.getUint32(4);
  const isReply = view.getUint32(0) === 0 && sizeBytes > 0 && sizeBytes <= maxReplyBytes;
  if (!isReply) throw new FastbootFormatError('message-size');
  return sizeBytes;
}
