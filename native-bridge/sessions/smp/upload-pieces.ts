/** An image cut into upload requests that fill the device's buffer and whole lines. */
import type { UploadParams, UploadStart } from '../../protocols/smp/image/upload.ts';
import type { SmpParameters } from '../../protocols/smp/os/parameters.ts';
import { bestUploadData, emptyImageUploadBytes } from '../../protocols/smp/upload-sizes.ts';

/**
 * For a device that does not tell its own: Zephyr's default buffer, which every boot loader and
 * server we know of has at least; and, as replies take buffers too, one request at a time.
 */
const CAUTIOUS: SmpParameters = { bufferBytes: 384, bufferCount: 2 };
const MIN_BUFFER_BYTES = 128;
/** Boot loaders write whole flash words and ask again for what is left over. */
const ALIGNMENT_BYTES = 16;
const MAX_WINDOW = 16;
/**
 * The first request asks where the device is, and what it carries is sent in vain where the upload
 * goes on: no more than devices want of it, which is the image's header (32 bytes, MCUboot).
 */
const MAX_FIRST_BYTES = 64;

export class UploadPieces {
  readonly window: number;
  readonly #image: Uint8Array;
  readonly #start: UploadStart;
  /** The size is a guess that silence may correct. */
  readonly #guessed: boolean;
  #bufferBytes: number;
  #firstBytes = 0;
  #pieceBytes = 0;

  constructor(image: Uint8Array, start: UploadStart, parameters: SmpParameters | null) {
    const { bufferBytes, bufferCount } = parameters ?? CAUTIOUS;
    this.#image = image;
    this.#start = start;
    this.#guessed = parameters === null;
    this.#bufferBytes = Math.max(MIN_BUFFER_BYTES, bufferBytes);
    // A reply takes one of the device's buffers.
    this.window = Math.min(MAX_WINDOW, Math.max(1, bufferCount - 1));
    this.#measure();
  }

  /** Image bytes in every request but the first and the last. */
  get pieceBytes(): number {
    return this.#pieceBytes;
  }

  at(offsetBytes: number): UploadParams {
    const start = offsetBytes === 0 ? this.#start : null;
    const bytes = start ? this.#firstBytes : this.#pieceBytes;
    return { offsetBytes, data: this.#image.subarray(offsetBytes, offsetBytes + bytes), start };
  }

  /** The device may be dropping what is too large for it. */
  shrink(): void {
    if (!this.#guessed) return;
    this.#bufferBytes = Math.max(MIN_BUFFER_BYTES, this.#bufferBytes / 2);
    this.#measure();
  }

  #measure(): void {
    const first = emptyImageUploadBytes({ offsetBytes: 0, start: this.#start });
    const later = emptyImageUploadBytes({ offsetBytes: this.#image.length, start: null });
    const firstBytes = aligned(bestUploadData(first, this.#bufferBytes));
    // Where the size is a guess, the first request finds out whether it fits.
    this.#firstBytes = this.#guessed ? firstBytes : Math.min(MAX_FIRST_BYTES, firstBytes);
    this.#pieceBytes = aligned(bestUploadData(later, this.#bufferBytes));
  }
}

function aligned(bytes: number): number {
  return bytes < ALIGNMENT_BYTES ? Math.max(1, bytes) : bytes - (bytes % ALIGNMENT_BYTES);
}
