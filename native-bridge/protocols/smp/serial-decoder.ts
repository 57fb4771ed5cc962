/**
 * Bytes from a serial console → packets, and the device's own text between them.
 *
 * A frame may begin anywhere in a line of text, and the text goes on after it: so text is gathered
 * into its lines around the frames, and every value is handed out when it is whole. What stands in
 * a broken frame is never handed out as text (it may be a secret): it is counted.
 *
 * At any moment one text line (`maxTextBytes`) and one packet (`maxPacketBytes`) are held, no more.
 */
import { type Decoder } from '../codec.ts';
import { PADDING } from './base64.ts';
import { PacketAssembler } from './packet-assembler.ts';
import { LINE_FEED, MARKER } from './serial-encoder.ts';
import { TextLine } from './text-line.ts';

export type SerialValue =
  | { readonly kind: 'packet'; readonly bytes: Uint8Array }
  /** A line as it came, its line end included; without one where it was too long or flushed. */
  | { readonly kind: 'text'; readonly bytes: Uint8Array }
  /** `droppedBytes`: how many bytes on the line were the broken frame's. */
  | { readonly kind: 'bad-frame'; readonly reason: BadFrame; readonly droppedBytes: number };

export type BadFrame =
  | 'checksum'
  /** Something that is no base64 in the middle of a line. */
  | 'not-base64'
  /** Another frame began before this one was whole: a line of it was lost. */
  | 'unfinished'
  /** A line that goes on with a frame, but none has begun. */
  | 'no-beginning'
  /** The length it announces is over the limit, or too short for a header. */
  | 'bad-length';

export interface SerialDecoderLimits {
  readonly maxPacketBytes?: number;
  readonly maxTextBytes?: number;
}

const DEFAULT_MAX_PACKET_BYTES = 16_384;
const DEFAULT_MAX_TEXT_BYTES = 4096;
const CARRIAGE_RETURN = 0x0d;

/** `frame`: in a line of a frame. `tail`: its packet is whole, its line end still to come. `skip`: in a broken line. */
type State = 'text' | 'frame' | 'tail' | 'skip';

export class SerialDecoder implements Decoder<SerialValue> {
  readonly #assembler: PacketAssembler;
  readonly #text: TextLine;
  #state: State = 'text';
  /** The first byte of what may become a marker; 0: none. */
  #held = 0;
  #frameBytes = 0;
  #broken: BadFrame = 'checksum';
  #values: SerialValue[] = [];

  constructor({ maxPacketBytes, maxTextBytes }: SerialDecoderLimits = {}) {
    this.#assembler = new PacketAssembler(maxPacketBytes ?? DEFAULT_MAX_PACKET_BYTES);
    this.#text = new TextLine(maxTextBytes ?? DEFAULT_MAX_TEXT_BYTES);
  }

  /** Bytes of text that are not handed out yet. */
  get heldTextBytes(): number {
    return this.#text.length;
  }

  /** A frame, whole or broken, is still to be handed out; or may have begun. */
  get isInFrame(): boolean {
    return this.#assembler.state !== 'idle' || this.#state === 'skip' || this.#held !== 0;
  }

  push(chunk: Uint8Array): SerialValue[] {
    for (let at = 0; at < chunk.length;) at = this.#step(chunk, at);
    return this.#taken();
  }

  /** Hands out an unfinished text line, such as a shell's prompt, when nothing more comes for a while. */
  flush(): SerialValue[] {
    this.#text.end(this.#emitText);
    return this.#taken();
  }

  reset(): void {
    this.#assembler.reset();
    this.#text.reset();
    this.#state = 'text';
    this.#held = 0;
    this.#frameBytes = 0;
  }

  #taken(): SerialValue[] {
    const values = this.#values;
    this.#values = [];
    return values;
  }

  readonly #emitText = (bytes: Uint8Array): void => {
    this.#values.push({ kind: 'text', bytes });
  };

  /** Takes at least one byte, or changes the state; the position to go on from. */
  #step(chunk: Uint8Array, at: number): number {
    if (this.#held !== 0) return this.#decideMarker(chunk[at] as number, at);
    switch (this.#state) {
      case 'text':
        return this.#takeText(chunk, at);
      case 'frame':
        return this.#takeFrame(chunk, at);
      case 'tail':
        return this.#takeTail(chunk[at] as number, at);
      case 'skip':
        return this.#takeSkipped(chunk[at] as number, at);
    }
  }

  #takeText(chunk: Uint8Array, at: number): number {
    for (let end = at; end < chunk.length; end++) {
      const byte = chunk[end] as number;
      if (byte === LINE_FEED) {
        this.#text.add(chunk, at, end + 1, this.#emitText);
        this.#text.end(this.#emitText);
        return end + 1;
      }
      if (isMarkerStart(byte)) {
        this.#text.add(chunk, at, end, this.#emitText);
        this.#held = byte;
        return end + 1;
      }
    }
    this.#text.add(chunk, at, chunk.length, this.#emitText);
    return chunk.length;
  }

  #decideMarker(second: number, at: number): number {
    const first = this.#held;
    this.#held = 0;
    if (first === MARKER.first[0] && second === MARKER.first[1]) this.#beginFrame();
    else if (first === MARKER.next[0] && second === MARKER.next[1]) this.#continueFrame();
    else {
      this.#noMarker(first);
      return at;
    }
    this.#frameBytes += 2;
    return at + 1;
  }

  /** The held byte was not a marker's: it belongs to what was going on. */
  #noMarker(byte: number): void {
    if (this.#state === 'text' || this.#state === 'tail') {
      this.#state = 'text';
      this.#text.add(Uint8Array.of(byte), 0, 1, this.#emitText);
      return;
    }
    this.#frameBytes++;
    if (this.#state === 'frame') this.#skip('not-base64');
  }

  #beginFrame(): void {
    if (this.#state === 'skip') this.#endSkip();
    else if (this.#assembler.state !== 'idle') {
      this.#broken = 'unfinished';
      this.#endSkip();
    }
    this.#frameBytes = 0;
    this.#assembler.begin();
    this.#state = 'frame';
  }

  #continueFrame(): void {
    if (this.#state === 'skip') this.#endSkip();
    if (this.#assembler.state === 'idle') {
      this.#frameBytes = 0;
      this.#skip('no-beginning');
    } else {
      this.#state = 'frame';
    }
  }

  #takeFrame(chunk: Uint8Array, at: number): number {
    const next = this.#assembler.take(chunk, at);
    this.#frameBytes += next - at;
    const state = this.#assembler.state;
    if (state === 'whole') this.#finishFrame();
    else if (state === 'bad-length') this.#skip('bad-length');
    else if (next < chunk.length) return this.#takeNonBase64(chunk[next] as number, next);
    return next;
  }

  #takeNonBase64(byte: number, at: number): number {
    if (isMarkerStart(byte)) {
      this.#held = byte;
      return at + 1;
    }
    this.#frameBytes++;
    if (byte === LINE_FEED) this.#state = 'text';
    else if (byte === PADDING) this.#assembler.dropBits();
    else if (byte !== CARRIAGE_RETURN) this.#skip('not-base64');
    return at + 1;
  }

  #finishFrame(): void {
    const bytes = this.#assembler.finish();
    if (bytes === null) {
      this.#skip('checksum');
      return;
    }
    this.#state = 'tail';
    this.#values.push({ kind: 'packet', bytes });
  }

  #takeTail(byte: number, at: number): number {
    if (isMarkerStart(byte)) {
      this.#held = byte;
      return at + 1;
    }
    if (byte === PADDING || byte === CARRIAGE_RETURN) return at + 1;
    this.#state = 'text';
    return byte === LINE_FEED ? at + 1 : at;
  }

  #takeSkipped(byte: number, at: number): number {
    if (isMarkerStart(byte)) {
      this.#held = byte;
      return at + 1;
    }
    this.#frameBytes++;
    if (byte === LINE_FEED) this.#endSkip();
    return at + 1;
  }

  #skip(reason: BadFrame): void {
    this.#assembler.reset();
    this.#broken = reason;
    this.#state = 'skip';
  }

  #endSkip(): void {
    this.#values.push({
      kind: 'bad-frame',
      reason: this.#broken,
      droppedBytes: this.#frameBytes,
    });
    this.#frameBytes = 0;
    this.#state = 'text';
  }
}

function isMarkerStart(byte: number): boolean {
  return byte === MARKER.first[0] || byte === MARKER.next[0];
}
