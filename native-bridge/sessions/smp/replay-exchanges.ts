/**
 * A recorded conversation taken apart: each request with all that came because of it (its replies,
 * the second ones too) and after it (the device's text, the end of the port), until the next.
 */
import type { CborMap } from '../../protocols/cbor.ts';
import { answers, decodeRequest } from '../../protocols/smp/command.ts';
import { SmpFormatError } from '../../protocols/smp/errors.ts';
import { readHeader, type SmpHeader } from '../../protocols/smp/header.ts';
import { SerialFraming } from '../../protocols/smp/serial-framing.ts';
import type { RecordedBytes, RecordedOpening } from '../../ports/recording-file.ts';

export interface Heard {
  /** After its request, or the opening. */
  readonly afterMs: number;
  /** `end`: the port went away. */
  readonly kind: 'packet' | 'text' | 'end';
  readonly bytes: Uint8Array;
}

export interface RecordedExchange {
  /** In its stretch. */
  readonly index: number;
  readonly header: SmpHeader;
  /** null where it could not be read: then nothing is like it. */
  readonly body: CborMap | null;
  readonly sentMs: number;
  readonly heard: Heard[];
  answered: boolean;
  used: boolean;
}

/** From one opening of the port to its end. */
export interface RecordedStretch {
  /** Before the first request. */
  readonly opening: Heard[];
  readonly exchanges: readonly RecordedExchange[];
}

interface Place {
  readonly sinceMs: number;
  readonly heard: Heard[];
}

export function stretchOf({ openedMs, talk, vanishedMs }: RecordedOpening): RecordedStretch {
  const stretch = new Stretch(openedMs);
  for (const entry of talk) {
    if (entry.from === 'host') stretch.host(entry);
    else stretch.terminal(entry);
  }
  if (vanishedMs !== null) stretch.end(vanishedMs);
  return stretch;
}

class Stretch implements RecordedStretch {
  readonly opening: Heard[] = [];
  readonly exchanges: RecordedExchange[] = [];
  readonly #host = new SerialFraming();
  readonly #terminal = new SerialFraming();
  readonly #bySequence = new Map<number, RecordedExchange>();
  /** Where what follows belongs. */
  #place: Place;

  constructor(openedMs: number) {
    this.#place = { sinceMs: openedMs, heard: this.opening };
  }

  host({ ms, bytes }: RecordedBytes): void {
    for (const value of this.#host.push(bytes)) {
      const header = value.kind === 'packet' ? headerOf(value.bytes) : null;
      if (value.kind !== 'packet' || header === null) continue;
      const exchange: RecordedExchange = {
        index: this.exchanges.length,
        header,
        body: bodyOf(value.bytes),
        sentMs: ms,
        heard: [],
        answered: false,
        used: false,
      };
      this.exchanges.push(exchange);
      this.#bySequence.set(header.sequence, exchange);
      this.#place = { sinceMs: ms, heard: exchange.heard };
    }
  }

  terminal({ ms, bytes }: RecordedBytes): void {
    // Text is handed on in the pieces it came in: a frame may stand in the middle of a line.
    const values = [...this.#terminal.push(bytes), ...this.#terminal.flush()];
    for (const value of values) {
      if (value.kind === 'packet') this.#packet(ms, value.bytes);
      else if (value.kind === 'text') this.#add(ms, 'text', value.bytes);
    }
  }

  end(ms: number): void {
    this.#add(ms, 'end', new Uint8Array(0));
  }

  /** A reply belongs to the last request that it answers; another packet where it came. */
  #packet(ms: number, packet: Uint8Array): void {
    const header = headerOf(packet);
    const exchange = header ? this.#bySequence.get(header.sequence) : undefined;
    if (header && exchange && answers(exchange.header, header)) {
      exchange.answered = true;
      this.#place = { sinceMs: exchange.sentMs, heard: exchange.heard };
    }
    this.#add(ms, 'packet', packet);
  }

  #add(ms: number, kind: Heard['kind'], bytes: Uint8Array): void {
    const { sinceMs, heard } = this.#place;
    heard.push({ afterMs: Math.max(0, ms - sinceMs), kind, bytes });
  }
}

function headerOf(packet: Uint8Array): SmpHeader | null {
  return orNull(() => readHeader(packet));
}

function bodyOf(packet: Uint8Array): CborMap | null {
  return orNull(() => decodeRequest(packet).body);
}

function orNull<T>(read: () => T): T | null {
  try {
    return read();
  } catch (error) {
    if (error instanceof SmpFormatError) return null;
    throw error;
  }
}
