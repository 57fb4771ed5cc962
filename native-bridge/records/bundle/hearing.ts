/**
 * What one side of a recording said, over the lines on which it stands, and which of them hold a
 * secret. A packet is hidden whole; of text, from where the secret begins.
 */
import { maskSecrets } from '../../protocols/masking.ts';
import { SerialFraming, type SerialValue } from '../../protocols/smp/serial-framing.ts';
import { holdsSecret } from './secret-packets.ts';

export type Speaker = 'host' | 'terminal';

/** A line of the recording, and the text of this side up to its end, in bytes from the first on. */
interface TextPlace {
  readonly index: number;
  readonly end: number;
}

/** Characters: as far back as a name and its secret are looked for. */
const longestBefore = 512;
const lineFeed = 0x0a;

export class Hearing {
  readonly #speaker: Speaker;
  readonly #framing = new SerialFraming();
  /** Lines of the frame that is not whole. */
  #frame: number[] = [];
  /** Lines of the text that is not handed out, and of `#before`. */
  #places: TextPlace[] = [];
  /** Bytes of text that were handed out. */
  #told = 0;
  /**
   * The end of a line of text that was too long for one piece and goes on; what was found in it is
   * masked, so that the name before a long secret is still there.
   */
  #before = '';

  constructor(speaker: Speaker) {
    this.#speaker = speaker;
  }

  /** Lines that hold a secret, known now. */
  *take(index: number, bytes: Uint8Array): Generator<number, void, void> {
    for (const piece of pieces(bytes)) {
      const textBefore = this.#told + this.#framing.heldTextBytes;
      const values = this.#framing.push(piece);
      const textEnd = this.#told + bytesOfText(values) + this.#framing.heldTextBytes;
      if (textEnd > textBefore) this.#places.push({ index, end: textEnd });
      if (textEnd - textBefore < piece.length) this.#frame.push(index);
      for (const value of values) yield* this.#linesWith(value, index);
      if (!this.#framing.isInFrame) this.#frame = [];
    }
  }

  /** What is left. Nobody can read a frame that has not ended: it may hold anything. */
  *end(): Generator<number, void, void> {
    for (const value of this.#framing.flush()) {
      if (value.kind === 'text') yield* this.#linesOfText(value.bytes);
    }
    if (this.#framing.isInFrame) yield* this.#frame;
  }

  *#linesWith(value: SerialValue, index: number): Generator<number, void, void> {
    if (value.kind === 'text') {
      yield* this.#linesOfText(value.bytes);
      return;
    }
    if (value.kind === 'bad-frame' || holdsSecret(value.bytes, this.#speaker)) yield* this.#frame;
    // The next may begin on the same line.
    this.#frame = [index];
  }

  *#linesOfText(bytes: Uint8Array): Generator<number, void, void> {
    const whole = this.#before + lossy.decode(bytes);
    const end = this.#told + bytes.length;
    const masked = maskSecrets(whole);
    if (masked !== whole) {
      const from = end - Buffer.byteLength(whole.slice(sameAtStart(whole, masked)));
      yield* this.#linesBetween(from, end);
    }
    this.#before = bytes.at(-1) === lineFeed ? '' : masked.slice(-longestBefore);
    this.#told = end;
    this.#places = this.#places.filter((place) => place.end > end - longestBefore);
  }

  *#linesBetween(from: number, to: number): Generator<number, void, void> {
    let start = 0;
    for (const { index, end } of this.#places) {
      if (end > from && start < to) yield index;
      start = end;
    }
  }
}

/** Bytes that are no UTF-8 hide nothing of what stands beside them. */
const lossy = new TextDecoder();

function sameAtStart(one: string, other: string): number {
  let at = 0;
  while (at < one.length && one[at] === other[at]) at++;
  return at;
}

function bytesOfText(values: readonly SerialValue[]): number {
  return values.reduce((sum, one) => sum + (one.kind === 'text' ? one.bytes.length : 0), 0);
}

/** Each up to its line end. */
function* pieces(bytes: Uint8Array): Generator<Uint8Array, void, void> {
  for (let from = 0; from < bytes.length;) {
    const at = bytes.indexOf(lineFeed, from);
    const to = at === -1 ? bytes.length : at + 1;
    yield bytes.subarray(from, to);
    from = to;
  }
}
