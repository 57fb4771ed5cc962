/**
 * Reads a zip file (APPNOTE.TXT, 4.3) through whatever gives its bytes: an APK that is there whole, or
 * an update package whose blocks the host still has. Entries up to 4 GiB, stored or deflated.
 */
import { inflateRawSync } from 'node:zlib';

export interface Bytes {
  readonly size: number;
  /** Exactly these bytes; rejects where they can't be had. */
  read(offset: number, length: number): Promise<Buffer>;
}

/** Not a zip file, or not one that can be read; the message says why. */
export class ZipError extends Error {}

interface Entry {
  readonly method: number;
  readonly packedBytes: number;
  readonly bytes: number;
  readonly headerOffset: number;
}

const END_BYTES = 22;
const MAX_COMMENT_BYTES = 65_535;
const END_MARK = 0x0605_4b50;
const ENTRY_MARK = 0x0201_4b50;
const LOCAL_MARK = 0x0403_4b50;
const DEFLATED = 8;
/** No file that is read here is larger. */
const MAX_ENTRY_BYTES = 16 * 1024 * 1024;
const MAX_DIRECTORY_BYTES = 16 * 1024 * 1024;

export class Zip {
  readonly #bytes: Bytes;
  readonly #entries: ReadonlyMap<string, Entry>;
  /** Where the central directory begins: what lies before may hold an APK's signing block. */
  readonly directoryOffset: number;

  private constructor(bytes: Bytes, entries: ReadonlyMap<string, Entry>, directoryOffset: number) {
    this.#bytes = bytes;
    this.#entries = entries;
    this.directoryOffset = directoryOffset;
  }

  /** @throws {ZipError} */
  static async open(bytes: Bytes): Promise<Zip> {
    const tailBytes = Math.min(bytes.size, END_BYTES + MAX_COMMENT_BYTES);
    const tail = await bytes.read(bytes.size - tailBytes, tailBytes);
    let at = tail.length - END_BYTES;
    while (at >= 0 && tail.readUInt32LE(at) !== END_MARK) at -= 1;
    if (at < 0) throw new ZipError('no end of the central directory');
    const length = tail.readUInt32LE(at + 12);
    const offset = tail.readUInt32LE(at + 16);
    if (offset + length > bytes.size || length > MAX_DIRECTORY_BYTES) {
      throw new ZipError('central directory out of bounds');
    }
    const directory = await bytes.read(offset, length);
    return new Zip(bytes, entriesOf(directory), offset);
  }

  get names(): string[] {
    return [...this.#entries.keys()];
  }

  /** Null: no such entry. @throws {ZipError} */
  async read(name: string): Promise<Buffer | null> {
    const entry = this.#entries.get(name);
    if (entry === undefined) return null;
    if (entry.bytes > MAX_ENTRY_BYTES || entry.packedBytes > MAX_ENTRY_BYTES) {
      throw new ZipError(`${name} is too large`);
    }
    const head = await this.#bytes.read(entry.headerOffset, 30);
    if (head.readUInt32LE(0) !== LOCAL_MARK) throw new ZipError('no local header');
    const start = entry.headerOffset + 30 + head.readUInt16LE(26) + head.readUInt16LE(28);
    const packed = await this.#bytes.read(start, entry.packedBytes);
    if (entry.method !== DEFLATED) return packed;
    try {
      return inflateRawSync(packed, { maxOutputLength: MAX_ENTRY_BYTES });
    } catch (cause) {
      throw new ZipError(`${name} can't be unpacked`, { cause });
    }
  }
}

function entriesOf(directory: Buffer): Map<string, Entry> {
  const entries = new Map<string, Entry>();
  for (let at = 0; at + 46 <= directory.length;) {
    if (directory.readUInt32LE(at) !== ENTRY_MARK) throw new ZipError('no directory entry');
    const nameBytes = directory.readUInt16LE(at + 28);
    const name = directory.toString('utf8', at + 46, at + 46 + nameBytes);
    entries.set(name, {
      method: directory.readUInt16LE(at + 10),
      packedBytes: directory.readUInt32LE(at + 20),
      bytes: directory.readUInt32LE(at + 24),
      headerOffset: directory.readUInt32LE(at + 42),
    });
    at += 46 + nameBytes + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32);
  }
  return entries;
}

/** Of a file that is there whole. */
export function bytesOf(file: Uint8Array): Bytes {
  const whole = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
  return {
    size: whole.length,
    read: (offset, length) =>
      offset < 0 || offset + length > whole.length
        ? Promise.reject(new ZipError('beyond the end'))
        : Promise.resolve(whole.subarray(offset, offset + length)),
  };
}
