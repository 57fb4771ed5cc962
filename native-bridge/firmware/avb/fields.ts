/** Fields of Android Verified Boot's structures: all numbers are big-endian, all text is ASCII. */

/** null: not all of it is there. */
export function slice(bytes: Uint8Array, at: number, length: number): Uint8Array | null {
  const isInside = at >= 0 && length >= 0 && at + length <= bytes.length;
  return isInside ? bytes.subarray(at, at + length) : null;
}

/** Larger than any file: outside of it, whatever is added. */
export function sizeAt(view: DataView, at: number): number {
  const value = view.getBigUint64(at);
  return value > BigInt(2 ** 48) ? 2 ** 48 : Number(value);
}

export function text(bytes: Uint8Array): string {
  return new TextDecoder('latin1').decode(bytes);
}

export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
