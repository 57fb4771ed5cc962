/**
 * A package whose bytes the host has (adb's sideload protocol: recovery's minadbd, `sideload-host`).
 * Recovery writes a block's number in eight digits, and the host answers with that block; the last one
 * may be shorter. A few blocks are kept, so some are asked for twice.
 */
import type { Stream } from '../adb/stream.ts';
import type { Bytes } from '../zip/zip.ts';

/** The host has gone, or sent something else. */
export class HostGone extends Error {}

const KEPT_BLOCKS = 4;
const MAX_BLOCK_BYTES = 1024 * 1024;

export class HostFile implements Bytes {
  readonly #stream: Stream;
  readonly size: number;
  readonly blockBytes: number;
  readonly #kept = new Map<number, Buffer>();
  /** Numbers in the order they were asked for. */
  readonly asked: number[] = [];
  /** Of those the ones that have come, whole. */
  readonly taken: number[] = [];
  /** Called before each block. */
  readonly #before: (block: number) => Promise<void>;

  constructor(
    stream: Stream,
    { size, blockBytes }: { readonly size: number; readonly blockBytes: number },
    before: (block: number) => Promise<void>,
  ) {
    this.#stream = stream;
    this.size = size;
    this.blockBytes = blockBytes;
    this.#before = before;
  }

  get blocks(): number {
    return Math.ceil(this.size / this.blockBytes);
  }

  /** @throws {HostGone} */
  async block(number: number): Promise<Buffer> {
    const kept = this.#kept.get(number);
    if (kept !== undefined) return kept;
    await this.#before(number);
    this.asked.push(number);
    await this.#stream.write(Buffer.from(String(number).padStart(8, '0')));
    const bytes = Math.min(this.blockBytes, this.size - number * this.blockBytes);
    const block = await this.#stream.readExactly(bytes);
    if (block === null) throw new HostGone();
    this.taken.push(number);
    this.#kept.set(number, block);
    const oldest = this.#kept.keys().next().value;
    if (this.#kept.size > KEPT_BLOCKS && oldest !== undefined) this.#kept.delete(oldest);
    return block;
  }

  async read(offset: number, length: number): Promise<Buffer> {
    const pieces: Buffer[] = [];
    for (let at = offset; at < offset + length;) {
      const number = Math.floor(at / this.blockBytes);
      const block = await this.block(number);
      const from = at - number * this.blockBytes;
      const piece = block.subarray(from, from + offset + length - at);
      pieces.push(piece);
      at += piece.length;
    }
    return Buffer.concat(pieces);
  }
}

/** `SIZE:BLOCK` of the service's name; null: not such numbers. */
export function parseSideload(text: string): { size: number; blockBytes: number } | null {
  const [size = NaN, blockBytes = NaN, ...more] = text.split(':').map(Number);
  const good = size > 0 && blockBytes > 0 && blockBytes <= MAX_BLOCK_BYTES && more.length === 0;
  return good && Number.isSafeInteger(size) ? { size, blockBytes } : null;
}
