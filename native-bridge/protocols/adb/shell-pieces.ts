/**
 * The framing inside a `shell,v2` stream: one byte of kind, four of length (little-endian), the
 * data; the same both ways (AOSP, packages/modules/adb/shell_protocol.h).
 */
import { AdbFormatError } from './errors.ts';

const HEADER_BYTES = 5;
/** No piece is larger than a packet's payload. */
const MAX_PIECE_BYTES = 1024 * 1024;

const KIND = { output: 1, errorOutput: 2, exit: 3, closeInput: 4 } as const;

export type ShellPiece =
  | { readonly kind: 'output' | 'errorOutput'; readonly bytes: Uint8Array }
  | { readonly kind: 'exit'; readonly exitCode: number };

/** Says that no input follows: without it a command that reads its input waits for ever. */
export function closeShellInput(): Uint8Array {
  return new Uint8Array([KIND.closeInput, 0, 0, 0, 0]);
}

/** Data is handed on as it comes, so nothing is kept but a header cut in two. */
export class ShellPieces {
  readonly #header = new Uint8Array(HEADER_BYTES);
  #headerBytes = 0;
  #kind = 0;
  #leftBytes = 0;

  /** Views of `chunk`. @throws AdbFormatError `piece-length` */
  push(chunk: Uint8Array): ShellPiece[] {
    const pieces: ShellPiece[] = [];
    let at = 0;
    while (at < chunk.length) {
      if (this.#leftBytes === 0) {
        at = this.#readHeader(chunk, at);
        continue;
      }
      const end = Math.min(chunk.length, at + this.#leftBytes);
      const piece = pieceOf(this.#kind, chunk.subarray(at, end));
      if (piece) pieces.push(piece);
      this.#leftBytes -= end - at;
      at = end;
    }
    return pieces;
  }

  #readHeader(chunk: Uint8Array, from: number): number {
    let at = from;
    while (at < chunk.length && this.#headerBytes < HEADER_BYTES) {
      this.#header[this.#headerBytes++] = chunk[at++] as number;
    }
    if (this.#headerBytes < HEADER_BYTES) return at;
    this.#headerBytes = 0;
    this.#kind = this.#header[0] as number;
    this.#leftBytes = new DataView(this.#header.buffer).getUint32(1, true);
    if (this.#leftBytes > MAX_PIECE_BYTES) throw new AdbFormatError('piece-length');
    return at;
  }
}

/** Kinds that are not known are passed over, as the platform's own client does. */
function pieceOf(kind: number, bytes: Uint8Array): ShellPiece | null {
  switch (kind) {
    case KIND.output:
      return { kind: 'output', bytes };
    case KIND.errorOutput:
      return { kind: 'errorOutput', bytes };
    case KIND.exit:
      return { kind: 'exit', exitCode: bytes[0] as number };
    default:
      return null;
  }
}
