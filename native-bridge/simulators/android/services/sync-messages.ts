/** The messages of `sync:`: four letters, then little-endian numbers (adb/SYNC.TXT). */
import type { Stat } from '../device/files.ts';

const STAT2_BYTES = 72;
const DEVICE = 0xfd05n;

export function id(name: string, value: number): Buffer {
  const message = Buffer.alloc(8);
  message.write(name, 0, 'latin1');
  message.writeUInt32LE(value >>> 0, 4);
  return message;
}

export const okay = (): Buffer => id('OKAY', 0);
export const dataHeader = (bytes: number): Buffer => id('DATA', bytes);

export function fail(message: string): Buffer {
  const text = Buffer.from(message);
  return Buffer.concat([id('FAIL', text.length), text]);
}

/** All zero: no such file. */
export function stat1(stat: Stat | null): Buffer {
  const message = Buffer.alloc(16);
  message.write('STAT', 0, 'latin1');
  writeStat1(message, stat);
  return message;
}

function writeStat1(message: Buffer, stat: Stat | null): void {
  message.writeUInt32LE(stat?.mode ?? 0, 4);
  // What is larger than 32 bits wraps, which is why there is a second version.
  message.writeUInt32LE((stat?.sizeBytes ?? 0) >>> 0, 8);
  message.writeUInt32LE(stat?.mtimeS ?? 0, 12);
}

/** Error, device, inode, mode, links, user, group, size, three times. */
export function stat2(name: string, stat: Stat | null, errno: number): Buffer {
  const message = Buffer.alloc(STAT2_BYTES);
  message.write(name, 0, 'latin1');
  message.writeUInt32LE(errno, 4);
  if (stat === null) return message;
  message.writeBigUInt64LE(DEVICE, 8);
  message.writeBigUInt64LE(4711n, 16);
  message.writeUInt32LE(stat.mode, 24);
  message.writeUInt32LE(1, 28);
  message.writeUInt32LE(2000, 32);
  message.writeUInt32LE(2000, 36);
  message.writeBigUInt64LE(BigInt(stat.sizeBytes), 40);
  for (const at of [48, 56, 64]) message.writeBigInt64LE(BigInt(stat.mtimeS), at);
  return message;
}

export function dirEntry(second: boolean, name: string, stat: Stat): Buffer {
  const text = Buffer.from(name);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(text.length);
  if (second) return Buffer.concat([stat2('DNT2', stat, 0), length, text]);
  const message = Buffer.alloc(16);
  message.write('DENT', 0, 'latin1');
  writeStat1(message, stat);
  return Buffer.concat([message, length, text]);
}

export function dirEnd(second: boolean): Buffer {
  const message = Buffer.alloc(second ? STAT2_BYTES + 4 : 20);
  message.write('DONE', 0, 'latin1');
  return message;
}
