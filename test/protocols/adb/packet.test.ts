/** ADB's packets, against bytes worked out by hand from protocol.txt. */
import { describe, expect, it } from 'vitest';
import {
  adbChecksum,
  adbCommand,
  readAdbHeader,
  writeAdbHeader,
} from '../../../native-bridge/protocols/adb/packet.ts';

const hex = (text: string): Uint8Array =>
  new Uint8Array(Buffer.from(text.replaceAll(' ', ''), 'hex'));

/** OPEN of `shell:` as stream 2. */
const open = hex('4f50454e 02000000 00000000 06000000 52020000 b0afbab1');

describe('a header', () => {
  it('is six little-endian words, the last the first’s complement', () => {
    const bytes = new Uint8Array(24);
    const payload = new TextEncoder().encode('shell:');
    const checksum = adbChecksum(payload);
    writeAdbHeader(
      { command: adbCommand.open, arg0: 2, arg1: 0, payloadBytes: 6, checksum },
      bytes,
    );
    expect(bytes).toEqual(open);
  });

  it('is read back, also from the middle of other bytes', () => {
    const inside = new Uint8Array([1, 2, 3, ...open]);
    expect(readAdbHeader(inside, 4096, 3)).toEqual({
      command: adbCommand.open,
      arg0: 2,
      arg1: 0,
      payloadBytes: 6,
      checksum: 0x252,
    });
  });

  it.each([0, 5, 20, 23])('is refused where its complement or command is wrong: byte %i', (at) => {
    const wrong = open.slice();
    wrong[at] = (wrong[at] as number) ^ 1;
    const isMagic = at < 4 || at >= 20;
    if (isMagic) expect(() => readAdbHeader(wrong, 4096)).toThrow('magic');
    else expect(readAdbHeader(wrong, 4096).arg0).toBe(0x0102);
  });

  it('is refused where it announces more than was agreed on', () => {
    expect(readAdbHeader(open, 6).payloadBytes).toBe(6);
    expect(() => readAdbHeader(open, 5)).toThrow('payload-length');
  });
});
