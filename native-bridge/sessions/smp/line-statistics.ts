/** Counts of what passed on the line in one session. */

export interface SmpStatistics {
  readonly framesSent: number;
  readonly framesReceived: number;
  readonly bytesSent: number;
  readonly bytesReceived: number;
  /** Frames whose checksum, base64 or length was wrong, and their bytes. */
  readonly badFrames: number;
  readonly badFrameBytes: number;
  /** Sendings that got no reply in time. */
  readonly lost: number;
  /** Replies that came after that. */
  readonly late: number;
  /** Replies to a request that already had one. */
  readonly double: number;
  /** Replies to nothing we asked. */
  readonly foreign: number;
  /** Our own requests, come back. */
  readonly echoed: number;
  readonly roundTrip: RoundTripStatistics | null;
}

export interface RoundTripStatistics {
  readonly count: number;
  readonly minMs: number;
  readonly meanMs: number;
  readonly maxMs: number;
  readonly lastMs: number;
}

type Counter = Exclude<keyof SmpStatistics, 'roundTrip'>;

export class LineStatistics {
  readonly #counts: Record<Counter, number> = {
    framesSent: 0,
    framesReceived: 0,
    bytesSent: 0,
    bytesReceived: 0,
    badFrames: 0,
    badFrameBytes: 0,
    lost: 0,
    late: 0,
    double: 0,
    foreign: 0,
    echoed: 0,
  };
  #roundTrips = 0;
  #sumMs = 0;
  #minMs = Infinity;
  #maxMs = 0;
  #lastMs = 0;

  count(counter: Counter, by = 1): void {
    this.#counts[counter] += by;
  }

  addRoundTrip(ms: number): void {
    this.#roundTrips++;
    this.#sumMs += ms;
    this.#minMs = Math.min(this.#minMs, ms);
    this.#maxMs = Math.max(this.#maxMs, ms);
    this.#lastMs = ms;
  }

  snapshot(): SmpStatistics {
    const count = this.#roundTrips;
    const roundTrip =
      count === 0
        ? null
        : {
            count,
            minMs: this.#minMs,
            meanMs: this.#sumMs / count,
            maxMs: this.#maxMs,
            lastMs: this.#lastMs,
          };
    return { ...this.#counts, roundTrip };
  }
}
