/**
 * What was said on a line, as JSON lines that ports/replay-port.ts plays back:
 * `{"ms": 12.3, "from": "host", "bytes": "0609…"}`, or `count` for bytes that were left out.
 * The session writes it, not the port: only the session knows what is secret.
 */
import { once } from 'node:events';
import { createWriteStream, type WriteStream } from 'node:fs';

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

const DEFAULT_MAX_FILE_BYTES = 64 * 1024 * 1024;
/** Held in memory while the disk is slow; beyond it lines are dropped. */
const MAX_WAITING_BYTES = 4 * 1024 * 1024;

/**
 * A recording in a new file. Rejects where the file can't be made; a disk that fills later ends
 * the recording and disturbs nothing else.
 */
export async function recordToFile(
  path: string,
  maxBytes = DEFAULT_MAX_FILE_BYTES,
): Promise<Recording> {
  const stream = createWriteStream(path, { flags: 'wx', mode: 0o600 });
  await once(stream, 'open');
  return new Recording(fileSink(stream, maxBytes));
}

function fileSink(stream: WriteStream, maxBytes: number): RecordingSink {
  let bytes = 0;
  let failed = false;
  stream.on('error', () => (failed = true));
  return {
    write(line) {
      if (failed || bytes + line.length > maxBytes) return;
      if (stream.writableLength > MAX_WAITING_BYTES) return;
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
