/** SMP over a serial console: packets ↔ lines. See serial-decoder.ts and serial-encoder.ts. */
import { type Codec } from '../codec.ts';
import { SerialDecoder, type SerialDecoderLimits, type SerialValue } from './serial-decoder.ts';
import { encodeSerial } from './serial-encoder.ts';

export type { SerialDecoderLimits, SerialValue } from './serial-decoder.ts';
export {
  encodeSerial,
  FRAME_OVERHEAD_BYTES,
  rawBytesPerLine,
  serialBytes,
} from './serial-encoder.ts';

export interface SerialFramingOptions extends SerialDecoderLimits {
  /** The longest line the device takes, marker and newline included: 127 unless it was built otherwise. */
  readonly maxLineBytes?: number;
}

/** One line's framing, both ways. */
export class SerialFraming extends SerialDecoder implements Codec<Uint8Array, SerialValue> {
  readonly #maxLineBytes: number | undefined;

  constructor(options: SerialFramingOptions = {}) {
    super(options);
    this.#maxLineBytes = options.maxLineBytes;
  }

  encode(packet: Uint8Array): Uint8Array {
    return encodeSerial(packet, this.#maxLineBytes);
  }
}
