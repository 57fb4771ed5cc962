/**
 * The shape of every decoder of a byte stream: bytes go in as they arrive, whole values come out.
 * Any split of the input gives the same values, and no input makes its buffers grow without bound.
 */
export interface Decoder<Value> {
  /** The values that `chunk` completed, in order. Keeps no reference to `chunk`. */
  push(chunk: Uint8Array): Value[];
  /** Forgets what is half received, as after a line was closed and opened again. */
  reset(): void;
}

export interface Codec<Value, Decoded = Value> extends Decoder<Decoded> {
  /** The bytes to send for `value`, in one piece that the caller owns. */
  encode(value: Value): Uint8Array;
}
