/** Writes zip files byte by byte (PKWARE APPNOTE 6.3), good ones and those that no tool would write. */
import { crc32, deflateRawSync } from 'node:zlib';

export interface ZipPart {
  readonly name: string | Uint8Array;
  readonly content?: Uint8Array | string;
  readonly deflate?: boolean;
  /** Bytes of padding in the local header's extra field, as zipalign puts them. */
  readonly padding?: number;
  /** What the directory says instead, where that differs. */
  readonly listed?: Partial<ZipFields>;
  /** What the local header says instead. */
  readonly local?: Partial<ZipFields>;
}

export interface ZipFields {
  readonly name: Uint8Array;
  readonly flags: number;
  readonly method: number;
  readonly crc: number;
  readonly compressedBytes: number;
  readonly sizeBytes: number;
  readonly offsetBytes: number;
}

export interface ZipShape {
  /** Between the last entry and the directory: where an app's signature stands. */
  readonly beforeDirectory?: Uint8Array;
  readonly comment?: Uint8Array;
  readonly entryCount?: number;
}

export function makeZip(parts: readonly ZipPart[], shape: ZipShape = {}): Buffer {
  const pieces: Uint8Array[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  const put = (piece: Uint8Array): void => {
    pieces.push(piece);
    at += piece.length;
  };
  for (const part of parts) {
    const content = Buffer.from(part.content ?? '');
    const data = part.deflate === true ? deflateRawSync(content) : content;
    const fields: ZipFields = {
      name: Buffer.from(part.name),
      flags: 0,
      method: part.deflate === true ? 8 : 0,
      crc: crc32(content),
      compressedBytes: data.length,
      sizeBytes: content.length,
      offsetBytes: at,
    };
    directory.push(directoryEntry({ ...fields, ...part.listed }));
    put(localHeader({ ...fields, ...part.local }, part.padding ?? 0));
    put(data);
  }
  put(shape.beforeDirectory ?? new Uint8Array());
  const start = at;
  for (const entry of directory) put(entry);
  const { comment = new Uint8Array(), entryCount = directory.length } = shape;
  put(endRecord(entryCount, start, at - start, comment));
  return Buffer.concat(pieces);
}

function localHeader(fields: ZipFields, padding: number): Buffer {
  const header = Buffer.alloc(30);
  header.writeUInt32LE(0x04034b50, 0);
  header.writeUInt16LE(20, 4);
  shared(header, 6, fields);
  header.writeUInt16LE(fields.name.length, 26);
  header.writeUInt16LE(padding, 28);
  return Buffer.concat([header, fields.name, Buffer.alloc(padding)]);
}

function directoryEntry(fields: ZipFields): Buffer {
  const entry = Buffer.alloc(46);
  entry.writeUInt32LE(0x02014b50, 0);
  entry.writeUInt16LE(20, 4);
  entry.writeUInt16LE(20, 6);
  shared(entry, 8, fields);
  entry.writeUInt16LE(fields.name.length, 28);
  entry.writeUInt32LE(fields.offsetBytes, 42);
  return Buffer.concat([entry, fields.name]);
}

/** Flags, method, time, date, CRC and sizes stand alike in both headers. */
function shared(buffer: Buffer, at: number, fields: ZipFields): void {
  buffer.writeUInt16LE(fields.flags, at);
  buffer.writeUInt16LE(fields.method, at + 2);
  buffer.writeUInt16LE(0x21, at + 6);
  buffer.writeUInt32LE(fields.crc, at + 8);
  buffer.writeUInt32LE(fields.compressedBytes, at + 12);
  buffer.writeUInt32LE(fields.sizeBytes, at + 16);
}

function endRecord(count: number, start: number, bytes: number, comment: Uint8Array): Buffer {
  const record = Buffer.alloc(22);
  record.writeUInt32LE(0x06054b50, 0);
  record.writeUInt16LE(count, 8);
  record.writeUInt16LE(count, 10);
  record.writeUInt32LE(bytes, 12);
  record.writeUInt32LE(start, 16);
  record.writeUInt16LE(comment.length, 20);
  return Buffer.concat([record, comment]);
}
