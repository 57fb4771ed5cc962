/** Group 8, file system (Zephyr, file management). */
import { createHash } from 'node:crypto';
import { MAX_FILE_BYTES, type Lookup } from '../../terminal/files.ts';
import type { Terminal } from '../../terminal/terminal.ts';
import {
  GroupError,
  SmpError,
  bytes,
  count,
  rc,
  text,
  type Command,
  type Group,
  type Reply,
  type Request,
} from '../group.ts';

const groupRc = {
  unknown: 1,
  invalidName: 2,
  notFound: 3,
  isDirectory: 4,
  writeFailed: 10,
  offsetNotValid: 11,
  offsetPastEnd: 12,
  hashUnknown: 13,
  noMountPoint: 14,
  empty: 16,
} as const;

const LOOKUP_RC: Readonly<Record<Exclude<Lookup, 'file'>, number>> = {
  'bad-name': groupRc.invalidName,
  missing: groupRc.notFound,
  folder: groupRc.isDirectory,
  'no-mount': groupRc.notFound,
};
/** Room that a reply needs beside the data: header, field names, offset, length. */
const DOWNLOAD_OVERHEAD = 56;

const TYPES = { crc32: { format: 0, size: 4 }, sha256: { format: 1, size: 32 } };

interface Upload {
  readonly path: string;
  readonly content: Buffer;
  off: number;
}

export class FileGroup {
  readonly #terminal: Terminal;
  #upload: Upload | null = null;

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
  }

  reset(): void {
    this.#upload = null;
  }

  group(): Group {
    return {
      id: 8,
      name: 'fs mgmt',
      commands: new Map<number, Command>([
        [
          0,
          {
            read: (request) => this.#download(request),
            write: (request) => this.#receive(request),
          },
        ],
        [1, { read: (request) => ({ body: { len: this.#file(request).length } }) }],
        [2, { read: (request) => this.#hash(request) }],
        [3, { read: () => ({ body: { types: TYPES } }) }],
        [4, { write: () => this.#close() }],
      ]),
      toVersion1,
    };
  }

  #download(request: Request): Reply {
    const off = count(request, 'off');
    if (off === null) throw new SmpError(rc.invalid);
    const content = this.#file(request);
    this.#upload = null;
    const room = this.#terminal.options.bufSize - DOWNLOAD_OVERHEAD;
    const data = content.subarray(off, off + room);
    return { body: { off, data, ...(off === 0 ? { len: content.length } : {}) } };
  }

  #receive(request: Request): Reply {
    const path = pathOf(request);
    const off = count(request, 'off');
    const len = count(request, 'len');
    const data = bytes(request, 'data') ?? new Uint8Array(0);
    if (off === null || (off === 0 && len === null)) throw new SmpError(rc.invalid);
    const found = this.#terminal.files.lookUp(path);
    if (found === 'bad-name') throw new GroupError(groupRc.invalidName);
    if (found === 'no-mount') throw new GroupError(groupRc.noMountPoint);
    if (found === 'folder') throw new GroupError(groupRc.isDirectory);
    const upload = this.#opened(path, off, len ?? 0);
    if (off !== upload.off) {
      this.#upload = null;
      throw new GroupError(groupRc.offsetNotValid, { len: upload.off });
    }
    if (off + data.length > upload.content.length) throw new GroupError(groupRc.writeFailed);
    upload.content.set(data, off);
    upload.off += data.length;
    const written = Uint8Array.from(upload.content.subarray(0, upload.off));
    if (!this.#terminal.files.write(path, written)) throw new GroupError(groupRc.writeFailed);
    if (upload.off === upload.content.length) this.#upload = null;
    return { body: { off: upload.off }, busyMs: this.#terminal.options.flashWriteMs };
  }

  #opened(path: string, off: number, len: number): Upload {
    if (off === 0) {
      if (len > MAX_FILE_BYTES) throw new GroupError(groupRc.writeFailed);
      this.#upload = { path, content: Buffer.alloc(len), off: 0 };
    } else if (this.#upload?.path !== path) {
      const have = this.#terminal.files.read(path);
      const content = Buffer.alloc(MAX_FILE_BYTES);
      content.set(have);
      this.#upload = { path, content, off: have.length };
    }
    return this.#upload;
  }

  #hash(request: Request): Reply {
    const type = text(request, 'type') ?? 'crc32';
    if (type !== 'crc32' && type !== 'sha256') throw new GroupError(groupRc.hashUnknown);
    const content = this.#file(request);
    const off = count(request, 'off') ?? 0;
    const wanted = count(request, 'len');
    if (wanted === 0) throw new SmpError(rc.invalid);
    if (content.length === 0) throw new GroupError(groupRc.empty);
    if (off >= content.length) throw new GroupError(groupRc.offsetPastEnd);
    const part = content.subarray(off, wanted === null ? undefined : off + wanted);
    const output = type === 'crc32' ? crc32(part) : createHash('sha256').update(part).digest();
    return { body: { type, ...(off === 0 ? {} : { off }), len: part.length, output } };
  }

  #close(): Reply {
    this.#upload = null;
    return { body: {} };
  }

  #file(request: Request): Uint8Array {
    const path = pathOf(request);
    const found = this.#terminal.files.lookUp(path);
    if (found !== 'file') throw new GroupError(LOOKUP_RC[found]);
    return this.#terminal.files.read(path);
  }
}

function pathOf(request: Request): string {
  const path = text(request, 'name');
  if (path === null || path === '') throw new SmpError(rc.invalid);
  return path;
}

function toVersion1(code: number): number {
  if (code === groupRc.invalidName || code === groupRc.hashUnknown) return rc.invalid;
  return code === groupRc.notFound || code === groupRc.noMountPoint ? rc.noEntry : rc.unknown;
}

/** CRC-32 as IEEE 802.3 has it, reflected. */
function crc32(content: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of content) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (0xedb88320 & -(crc & 1));
  }
  return ~crc >>> 0;
}
