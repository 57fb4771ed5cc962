/** The file service's framing, against bytes worked out by hand from file_sync_protocol.h. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  readSyncReply,
  syncRequest,
  syncStatusV1,
  syncStatusV2,
} from '../../../native-bridge/protocols/adb/sync.ts';

function reply(word: string, ...numbers: (number | bigint)[]): Uint8Array {
  const bytes = [Buffer.from(word, 'latin1')];
  for (const number of numbers) {
    const one = Buffer.alloc(typeof number === 'bigint' ? 8 : 4);
    if (typeof number === 'bigint') one.writeBigInt64LE(number);
    else one.writeUInt32LE(number);
    bytes.push(one);
  }
  return new Uint8Array(Buffer.concat(bytes));
}

/** error, dev, ino, mode, nlink, uid, gid, size, atime, mtime, ctime */
const v2 = (error: number, mode: number, size: bigint, mtime: bigint) =>
  reply('STA2', error, 1n, 2n, mode, 1, 0, 2000, size, 3n, mtime, 4n);

it('a request is its word, its length and its text in UTF-8', () => {
  expect(Buffer.from(syncRequest('RECV', '/é')).toString('latin1')).toBe('RECV\x03\0\0\0/\xc3\xa9');
});

describe('a reply', () => {
  it.each([
    ['DATA', 65_536, { kind: 'data', bytes: 65_536 }],
    ['DONE', 0, { kind: 'done' }],
    ['OKAY', 0, { kind: 'okay' }],
    ['FAIL', 12, { kind: 'fail', bytes: 12 }],
  ])('may be %s', (word, number, expected) => {
    expect(readSyncReply(reply(word, number))).toMatchObject(expected);
  });

  it.each([
    ['DATA', 65_537, 'piece-length'],
    ['FAIL', 0xffffffff, 'piece-length'],
    ['SEND', 0, 'answer'],
    ['toSt', 0, 'answer'],
  ])('%s with %i is refused', (word, number, problem) => {
    expect(() => readSyncReply(reply(word, number))).toThrow(problem);
  });
});

describe('what is at a path', () => {
  it('is a file of more than 4 GiB', () => {
    expect(syncStatusV2.decode(v2(0, 0o100640, 5_000_000_000n, 1_700_000_000n))).toEqual({
      type: 'file',
      modeBits: 0o640,
      sizeBytes: 5_000_000_000,
      mtimeSeconds: 1_700_000_000,
    });
  });

  it.each([
    [0o040755, 'folder'],
    [0o120777, 'link'],
    [0o020600, 'other'],
  ])('with mode %o is a %s', (mode, type) => {
    expect(syncStatusV2.decode(v2(0, mode, 0n, 0n))).toMatchObject({ type });
    expect(syncStatusV1.decode(reply('STAT', mode, 0, 0))).toMatchObject({ type });
  });

  it('is nothing, or may not be looked at', () => {
    expect(syncStatusV2.decode(v2(2, 0, 0n, 0n))).toBeNull();
    expect(syncStatusV2.decode(v2(13, 0, 0n, 0n))).toBe('EACCES');
    expect(syncStatusV2.decode(v2(199, 0, 0n, 0n))).toBe('error 199');
    expect(syncStatusV1.decode(reply('STAT', 0, 0, 0))).toBeNull();
  });

  it('is a status or an error, whatever the bytes are', () => {
    const bytes = fc.uint8Array({ minLength: 72, maxLength: 72 });
    fc.assert(
      fc.property(bytes, (it) => {
        try {
          const found = syncStatusV2.decode(it);
          if (found !== null && typeof found !== 'string') {
            expect(Number.isSafeInteger(found.sizeBytes)).toBe(true);
          }
        } catch (error) {
          expect(error).toMatchObject({ code: 'reply-malformed' });
        }
      }),
    );
  });
});
