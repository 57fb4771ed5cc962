/**
 * Writes a zip file of stored entries (APPNOTE.TXT, 4.3), each begun at a multiple of four bytes, as an
 * APK's are: Android maps what is stored.
 */
// Node has it from 20.15 on; it was called experimental until 22.2.
// eslint-disable-next-line n/no-unsupported-features/node-builtins
import { crc32 } from 'node:zlib';

export interface ZipPart {
  readonly name: string;
  readonly content: Uint8Array;
}

/** In three, since a signature goes between the first two. */
interface ZipSections {
  readonly entries: Buffer;
  readonly directory: Buffer;
  readonly end: Buffer;
}

const LOCAL_BYTES = 30;
const VERSION = 20;
/** 1 January 1980: no file here has a time. */
const NO_DATE = 0x21;

export function zipSections(parts: readonly ZipPart[]): ZipSections {
  const entries: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, content } of parts) {
    const names = Buffer.from(name);
    const extra = Buffer.alloc(-(offset + LOCAL_BYTES + names.length) & 3);
    const local = Buffer.concat([localHeader(names, content, extra.length), names, extra, content]);
    directory.push(directoryEntry(names, content, offset));
    entries.push(local);
    offset += local.length;
  }
  const listed = Buffer.concat(directory);
  return {
    entries: Buffer.concat(entries),
    directory: listed,
    end: endRecord(parts.length, listed.length, offset),
  };
}

function localHeader(name: Buffer, content: Uint8Array, extraBytes: number): Buffer {
  const header = Buffer.alloc(LOCAL_BYTES);
  header.writeUInt32LE(0x0403_4b50, 0);
  header.writeUInt16LE(VERSION, 4);
  common(header, 10, content, name.length);
  header.writeUInt16LE(extraBytes, 28);
  return header;
}

function directoryEntry(name: Buffer, content: Uint8Array, offset: number): Buffer {
  const entry = Buffer.alloc(46);
  entry.writeUInt32LE(0x0201_4b50, 0);
  entry.writeUInt16LE(VERSION, 4);
  entry.writeUInt16LE(VERSION, 6);
  common(entry, 12, content, name.length);
  entry.writeUInt32LE(offset, 42);
  return Buffer.concat([entry, name]);
}

/** From the time on both headers say the same. */
function common(header: Buffer, at: number, content: Uint8Array, nameBytes: number): void {
  header.writeUInt16LE(NO_DATE, at + 2);
  header.writeUInt32LE(crc32(content), at + 4);
  header.writeUInt32LE(content.length, at + 8);
  header.writeUInt32LE(content.length, at + 12);
  header.writeUInt16LE(nameBytes, at + 16);
}

/** `directoryOffset` is where its last four bytes but two say that the directory begins. */
function endRecord(count: number, directoryBytes: number, directoryOffset: number): Buffer {
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x0605_4b50, 0);
  end.writeUInt16LE(count, 8);
  end.writeUInt16LE(count, 10);
  end.writeUInt32LE(directoryBytes, 12);
  end.writeUInt32LE(directoryOffset, 16);
  return end;
}
