/**
 * The signature over a whole package (AOSP, recovery's install/verifier.cpp): the zip's comment ends in
 * six bytes that say where a PKCS #7 block begins; signed is everything before the comment's length.
 * That block's last value is the signature.
 */
import { createVerify, type KeyObject, type Verify } from 'node:crypto';
import type { HostFile } from './host-file.ts';

const FOOT_BYTES = 6;
const RSA_BYTES = [256, 512];

export interface Footer {
  /** From the beginning: how many bytes are signed. */
  readonly signedBytes: number;
  readonly signature: Buffer;
}

/** Null: no footer. */
export async function readFooter(file: HostFile): Promise<Footer | null> {
  const foot = await file.read(file.size - FOOT_BYTES, FOOT_BYTES);
  const fromEnd = foot.readUInt16LE(0);
  const commentBytes = foot.readUInt16LE(4);
  if (foot.readUInt16LE(2) !== 0xffff || fromEnd > commentBytes) return null;
  const block = await file.read(file.size - fromEnd, fromEnd - FOOT_BYTES);
  const [signature] = RSA_BYTES.flatMap((bytes) => lastOctets(block, bytes) ?? []);
  if (signature === undefined) return null;
  return { signedBytes: file.size - commentBytes - 2, signature };
}

/** An OCTET STRING of that length at the end (tag 4, two bytes of length). */
function lastOctets(block: Buffer, bytes: number): Buffer | null {
  const at = block.length - bytes - 4;
  if (at < 0 || block.readUInt8(at) !== 0x04 || block.readUInt8(at + 1) !== 0x82) return null;
  return block.readUInt16BE(at + 2) === bytes ? block.subarray(at + 4) : null;
}

/** Fed with the file from its beginning. */
export class WholeFileCheck {
  readonly #footer: Footer;
  readonly #key: KeyObject;
  readonly #verifiers: readonly Verify[] = [createVerify('sha256'), createVerify('sha1')];
  #fedBytes = 0;

  constructor(footer: Footer, key: KeyObject) {
    this.#footer = footer;
    this.#key = key;
  }

  feed(block: Buffer): void {
    const left = this.#footer.signedBytes - this.#fedBytes;
    const signed = block.subarray(0, Math.max(0, left));
    this.#fedBytes += block.length;
    for (const verifier of this.#verifiers) verifier.update(signed);
  }

  get good(): boolean {
    return this.#verifiers.some((verifier) => verifier.verify(this.#key, this.#footer.signature));
  }
}
