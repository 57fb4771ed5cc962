/**
 * What was said on a line, as JSON lines; ports/recording-file.ts has their form and reads them.
 * The session writes it, not the port: only the session knows what is secret.
 */
import { once } from 'node:events';
import { createWriteStream, type WriteStream } from 'node:fs';
import { MAX_RECORDING_BYTES } from '../ports/recording-file.ts';

export type Speaker = 'host' | 'terminal';

export interface RecordingSink {
  /** Takes one line, its line end included. Never throws. */
  write(line: string): void;
  close(): Promise<void>;
}

export class Recording {
  readonly #sink: RecordingSink;
  readonly #startMs = performance.now();

  constructor(sink: RecordingSink) {
    this.#sink = sink;
  }

  /** The port was opened; `baud` where the line has a rate. */
  opened(baud: number | null): void {
    const rate = baud === null ? {} : { baud };
    this.#write({ ms: this.#now(), port: 'opened', ...rate, utc: new Date().toISOString() });
  }

  /** The port is no longer open: by us, or it went away by itself. */
  ended(how: 'closed' | 'vanished'): void {
    this.#write({ ms: this.#now(), port: how });
  }

  /** Bytes that hold no secret. */
  bytes(from: Speaker, bytes: Uint8Array): void {
    const hex = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex');
    this.#write({ ms: this.#now(), from, bytes: hex });
  }

  /** Bytes that nobody could read, and that therefore may hold one. */
  omitted(from: Speaker, count: number): void {
    if (count > 0) this.#write({ ms: this.#now(), from, count });
  }

  close(): Promise<void> {
    return this.#sink.close();
  }

  #now(): number {
    return Math.round((performance.now() - this.#startMs) * 100) / 100;
  }

  #write(entry: object): void {
    this.#sink.write(`${JSON.stringify(entry)}\n`);
  }
}

/** Held in memory while the disk is slow; beyond it the recording ends: a hole in it would lie. */
const MAX_WAITING_BYTES = 4 * 1024 * 1024;

/**
 * A recording in a new file. Rejects where the file can't be made; a disk that fills later ends
 * the recording and disturbs nothing else.
 */
export async function recordToFile(
  path: string,
  maxBytes = MAX_RECORDING_BYTES,
): Promise<Recording> {
  const stream = createWriteStream(path, { flags: 'wx', mode: 0o600 });
  await once(stream, 'open');
  return new Recording(fileSink(stream, maxBytes));
}

function fileSink(stream: WriteStream, maxBytes: number): RecordingSink {
  let bytes = 0;
  let ended = false;
  stream.on('error', () => (ended = true));
  return {
    write(line) {
      ended ||= bytes + line.length > maxBytes || stream.writableLength > MAX_WAITING_BYTES;
      if (ended) return;
      bytes += line.length;
      stream.write(line);
    },
    async close() {
      if (stream.closed) return;
      const closed = once(stream, 'close').catch(() => undefined);
      stream.end();
      await closed;
    },
  };
}
