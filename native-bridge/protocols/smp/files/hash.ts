import { type SmpCommand } from '../command.ts';
import { optional, readBytes, readCount, readText } from '../fields.ts';
import { GROUP } from '../groups.ts';

export interface FileHashParams {
  readonly path: string;
  /** Such as `crc32` or `sha256`; without it the device's own choice. */
  readonly type?: string;
  readonly offsetBytes?: number;
  /** At most so many bytes from there; without it the rest of the file. */
  readonly lengthBytes?: number;
}

export interface FileHash {
  readonly type: string;
  readonly offsetBytes: number;
  readonly lengthBytes: number;
  /** A number for a checksum such as CRC-32, bytes for a hash. */
  readonly output: number | Uint8Array;
}

/** Zephyr, file management, "File hash/checksum". */
export const fileHash: SmpCommand<FileHashParams, FileHash> = {
  name: 'files/hash',
  group: GROUP.files,
  id: 2,
  operation: 'read',
  idempotent: true,
  encode: ({ path, type, offsetBytes, lengthBytes }) => ({
    name: path,
    type,
    off: offsetBytes,
    len: lengthBytes,
  }),
  decode: (body) => ({
    type: readText(body, 'type'),
    offsetBytes: optional(readCount, body, 'off') ?? 0,
    lengthBytes: readCount(body, 'len'),
    output:
      typeof body.get('output') === 'number'
        ? readCount(body, 'output')
        : readBytes(body, 'output'),
  }),
};
