/**
 * Where an upload stands, driven by the offsets that the device answers with. No I/O.
 *
 * A reply that wants an earlier offset than its request ended at means a loss: the device threw
 * away everything after it, so sending begins again there, once. `epoch` counts these rewinds;
 * replies to what was sent before the last one say nothing new. After a silence the next piece is
 * sent and not the same one: its reply tells whether the device has the one before, so that nothing
 * it has is sent twice.
 */
import { SmpSessionError } from './session-error.ts';

/** A request on its way. */
export interface Piece {
  readonly offsetBytes: number;
  readonly endBytes: number;
  readonly epoch: number;
}

export type Turn =
  /** The device is further than before. */
  | 'forward'
  /** It threw pieces away: the window was too large, or the line lost something. */
  | 'lost'
  /** It knows of no upload any more, and begins anew. */
  | 'restarted'
  /** Nothing new. */
  | 'stale';

/** Losses without progress in between. */
const MAX_STALLS = 6;
const MAX_RESTARTS = 2;
/** Silences after which the next piece is sent and not the one before. */
const MAX_ASKED_AHEAD = 2;

export class UploadCourse {
  readonly totalBytes: number;
  #epoch = 0;
  #nextBytes = 0;
  #ackedBytes = 0;
  /** The furthest the device has been since the last restart. */
  #furthestBytes = 0;
  #sentToBytes = 0;
  #stalls = 0;
  #restarts = 0;
  #silences = 0;
  #sentBytes = 0;
  #resentBytes = 0;

  constructor(totalBytes: number) {
    this.totalBytes = totalBytes;
  }

  /** Where the next piece begins; the total where all was sent. */
  get nextBytes(): number {
    return this.#nextBytes;
  }

  /** How far the device is, as it last said. */
  get ackedBytes(): number {
    return this.#ackedBytes;
  }

  get isDone(): boolean {
    return this.#ackedBytes === this.totalBytes;
  }

  get sentBytes(): number {
    return this.#sentBytes;
  }

  /** Of these, bytes at offsets that had been sent before. */
  get resentBytes(): number {
    return this.#resentBytes;
  }

  /** Silences since the last reply. */
  get silences(): number {
    return this.#silences;
  }

  /** Its reply may still say something new. */
  isOpen(piece: Piece): boolean {
    return piece.epoch === this.#epoch && piece.endBytes > this.#ackedBytes;
  }

  sent(bytes: number): Piece {
    const offsetBytes = this.#nextBytes;
    const endBytes = offsetBytes + bytes;
    this.#sentBytes += bytes;
    this.#resentBytes += Math.max(0, Math.min(endBytes, this.#sentToBytes) - offsetBytes);
    this.#sentToBytes = Math.max(this.#sentToBytes, endBytes);
    this.#nextBytes = endBytes;
    return { offsetBytes, endBytes, epoch: this.#epoch };
  }

  /**
   * The device answered that it wants `wantedBytes`.
   * @throws SmpSessionError `upload-stalled`, `reply-malformed` for an offset beyond the image
   */
  replied(piece: Piece, wantedBytes: number): Turn {
    if (wantedBytes > this.totalBytes) {
      const facts = { command: 'image/upload', problem: 'field-range', field: 'off' };
      throw new SmpSessionError('reply-malformed', facts);
    }
    this.#silences = 0;
    if (wantedBytes >= piece.endBytes) return this.#forward(wantedBytes);
    if (piece.epoch !== this.#epoch) return 'stale';
    if (wantedBytes > piece.offsetBytes) {
      // It took a part: a boot loader writes whole flash words.
      const turn = this.#forward(wantedBytes);
      this.#rewind(wantedBytes);
      return turn;
    }
    if (wantedBytes === 0 && this.#ackedBytes > 0) return this.#restart();
    this.#stall();
    this.#rewind(wantedBytes);
    return 'lost';
  }

  /** The device refused for want of memory: the piece, and what follows it, is to be sent again. */
  bounced(piece: Piece): Turn {
    this.#silences = 0;
    if (!this.isOpen(piece)) return 'stale';
    this.#stall();
    this.#rewind(piece.offsetBytes);
    return 'lost';
  }

  /** No reply came to this piece. */
  silent(piece: Piece): Turn {
    if (!this.isOpen(piece)) return 'stale';
    this.#silences++;
    const nextTells = this.#silences <= MAX_ASKED_AHEAD && piece.offsetBytes > 0;
    if (!nextTells || this.#nextBytes === this.totalBytes) this.#rewind(this.#ackedBytes);
    return 'lost';
  }

  /**
   * It answered something else that was asked after this piece: the piece, or its reply, was lost.
   * `isSilence`: it counts as one.
   */
  missed(piece: Piece, isSilence: boolean): Turn {
    if (!this.isOpen(piece)) return 'stale';
    if (isSilence) this.#silences++;
    this.#rewind(this.#ackedBytes);
    return 'lost';
  }

  /** All is there, though the last reply was lost. */
  complete(): void {
    this.#ackedBytes = this.totalBytes;
  }

  #forward(wantedBytes: number): Turn {
    if (wantedBytes <= this.#ackedBytes) return 'stale';
    this.#ackedBytes = wantedBytes;
    this.#nextBytes = Math.max(this.#nextBytes, wantedBytes);
    if (wantedBytes > this.#furthestBytes) {
      this.#furthestBytes = wantedBytes;
      this.#stalls = 0;
    }
    return 'forward';
  }

  #restart(): Turn {
    if (++this.#restarts > MAX_RESTARTS) this.#giveUp();
    this.#furthestBytes = 0;
    this.#rewind(0);
    return 'restarted';
  }

  #rewind(toBytes: number): void {
    this.#epoch++;
    this.#nextBytes = toBytes;
    this.#ackedBytes = toBytes;
  }

  #stall(): void {
    if (++this.#stalls >= MAX_STALLS) this.#giveUp();
  }

  #giveUp(): never {
    throw new SmpSessionError('upload-stalled', { offsetBytes: this.#furthestBytes });
  }
}
