/**
 * A recorded conversation, as sessions/recording.ts writes it and other programs may: JSON lines
 *
 *     {"ms": 0, "port": "opened", "baud": 115200}
 *     {"ms": 12.3, "from": "host"|"terminal", "bytes": "0609…"}
 *     {"ms": 80.1, "port": "vanished"|"closed"}
 *
 * `ms` counts from the beginning of the recording. `count` in place of `bytes` says how many bytes
 * were left out; nothing can be replayed of those. A recording without `port` lines is one opening.
 * The file comes from a stranger: it is bounded in size, and nothing is believed before it was read.
 */
import { open, stat } from 'node:fs/promises';
import { PortError } from './port.ts';

export interface RecordedBytes {
  /** Since the recording began. */
  readonly ms: number;
  readonly from: 'host' | 'terminal';
  readonly bytes: Uint8Array;
}

/** What passed between one opening of the port and its end. */
export interface RecordedOpening {
  readonly openedMs: number;
  /** The line's rate, where it had one and the recording says so. */
  readonly baud: number | null;
  readonly talk: readonly RecordedBytes[];
  /** When the port went away by itself; null: it was closed, or the recording ended. */
  readonly vanishedMs: number | null;
}

/** As much as a recording may grow to. */
export const MAX_RECORDING_BYTES = 64 * 1024 * 1024;
const MAX_RECORDING_LINES = 1_000_000;
const MAX_OPENINGS = 10_000;
const MAX_BAUD = 20_000_000;

/** A line that is none of a recording. */
export class RecordingLineError extends RangeError {
  /** Counted from 1. */
  readonly line: number;

  constructor(line: number) {
    super(`line ${line} of the recording`);
    this.line = line;
  }
}

/**
 * @throws PortError `file-missing`, `file-unreadable`, `file-too-large {sizeBytes, maxBytes}`,
 * `recording-invalid {line}`, each with `file`
 */
export async function readRecording(
  path: string,
  maxBytes = MAX_RECORDING_BYTES,
): Promise<RecordedOpening[]> {
  const text = await readBounded(path, maxBytes);
  try {
    const openings = parseOpenings(text);
    if (openings.length === 0) throw new RecordingLineError(1);
    return openings;
  } catch (cause) {
    const line = cause instanceof RecordingLineError ? cause.line : 1;
    throw new PortError('recording-invalid', { file: path, line }, { cause });
  }
}

async function readBounded(path: string, maxBytes: number): Promise<string> {
  try {
    // Asked before it is opened: a pipe would keep us waiting, and never end.
    const info = await stat(path);
    if (!info.isFile()) throw new PortError('file-unreadable', { file: path });
    if (info.size > maxBytes) {
      throw new PortError('file-too-large', { file: path, sizeBytes: info.size, maxBytes });
    }
    return await readText(path, info.size);
  } catch (cause) {
    throw cause instanceof PortError ? cause : unreadable(path, cause);
  }
}

/** Not more than it had when it was measured, though it may be growing. */
async function readText(path: string, sizeBytes: number): Promise<string> {
  const file = await open(path, 'r');
  try {
    const bytes = Buffer.alloc(sizeBytes);
    const { bytesRead } = await file.read(bytes, 0, sizeBytes, 0);
    return bytes.toString('utf8', 0, bytesRead);
  } finally {
    await file.close();
  }
}

function unreadable(path: string, cause: unknown): PortError {
  const code = (cause as NodeJS.ErrnoException).code ?? '';
  const missing = ['ENOENT', 'ENOTDIR'].includes(code);
  return new PortError(missing ? 'file-missing' : 'file-unreadable', { file: path }, { cause });
}

/** What was said, without where openings begin and end. @throws RecordingLineError */
export function parseRecording(text: string): RecordedBytes[] {
  return parseOpenings(text).flatMap(({ talk }) => talk);
}

/**
 * A last line without its end, as a killed program leaves it, is passed over.
 * @throws RecordingLineError
 */
export function parseOpenings(text: string): RecordedOpening[] {
  const openings = new Openings();
  const lines = text.split('\n');
  if (lines.length > MAX_RECORDING_LINES) throw new RecordingLineError(MAX_RECORDING_LINES);
  for (const [index, line] of lines.entries()) {
    if (line.trim() === '') continue;
    const entry = parseLine(line);
    const isCut = index === lines.length - 1 && line.startsWith('{') && !openings.isEmpty;
    if (entry === null && isCut) break;
    if (entry === null || !openings.take(entry)) throw new RecordingLineError(index + 1);
  }
  return openings.all;
}

interface PortEntry {
  readonly ms: number;
  readonly port: 'opened' | 'closed' | 'vanished';
  readonly baud: number | null;
}
/** `left-out`: bytes of which only the count is known. */
type Entry = RecordedBytes | PortEntry | 'left-out';

class Openings {
  readonly all: (Omit<RecordedOpening, 'talk' | 'vanishedMs'> & {
    readonly talk: RecordedBytes[];
    vanishedMs: number | null;
  })[] = [];
  isEmpty = true;

  /** False where there are too many. */
  take(entry: Entry): boolean {
    this.isEmpty = false;
    if (entry === 'left-out') this.#current(0);
    else if ('from' in entry) this.#current(entry.ms).talk.push(entry);
    else if (entry.port === 'opened') this.#open(entry.ms, entry.baud);
    else if (entry.port === 'vanished') this.#current(entry.ms).vanishedMs = entry.ms;
    return this.all.length <= MAX_OPENINGS;
  }

  #current(ms: number): (typeof this.all)[number] {
    return this.all.at(-1) ?? this.#open(ms, null);
  }

  #open(openedMs: number, baud: number | null): (typeof this.all)[number] {
    const opening = { openedMs, baud, talk: [], vanishedMs: null };
    this.all.push(opening);
    return opening;
  }
}

/** null: none of a recording. */
function parseLine(line: string): Entry | null {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return null;
  }
  if (typeof value !== 'object' || value === null) return null;
  const { ms, from, bytes, count, port, baud } = value as Record<string, unknown>;
  if (typeof ms !== 'number' || !Number.isFinite(ms)) return null;
  if (port === 'opened' || port === 'closed' || port === 'vanished') {
    return { ms, port, baud: isBaud(baud) ? baud : null };
  }
  if (from !== 'host' && from !== 'terminal') return null;
  if (typeof count === 'number' && bytes === undefined) return 'left-out';
  if (typeof bytes !== 'string' || !/^(?:[0-9a-f]{2})*$/i.test(bytes)) return null;
  return { ms, from, bytes: Uint8Array.from(Buffer.from(bytes, 'hex')) };
}

function isBaud(value: unknown): value is number {
  return typeof value === 'number' && value > 0 && value <= MAX_BAUD;
}
