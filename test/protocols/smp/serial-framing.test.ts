import { describe, expect, it } from 'vitest';
import {
  encodeSerial,
  rawBytesPerLine,
  serialBytes,
  SerialFraming,
  type SerialValue,
} from '../../../native-bridge/protocols/smp/serial-framing.ts';
import { bytes, hex } from './bytes.ts';

// Of zephyr-3.5-groups.jsonl: an echo, and a reply of three lines.
const echoPacket = bytes("0a00 0006 0000 01 00  a1 61'd' 62'hi'");
const echoLine = bytes("06 09 'ABAKAAAGAAABAKFhZGJoaaWv' 0a");

describe('lines of a packet', () => {
  it('are base64 of length, packet and checksum between marker and newline', () => {
    expect(hex(encodeSerial(echoPacket))).toBe(hex(echoLine));
  });

  it('are 127 bytes at most and full but for the last', () => {
    const lines = linesOf(encodeSerial(new Uint8Array(1020)));
    expect(lines.map((line) => line.length)).toEqual([...Array<number>(11).fill(127), 7]);
    expect(lines.map((line) => hex(line.subarray(0, 2)))).toEqual([
      '0609',
      ...Array<string>(11).fill('0414'),
    ]);
  });

  it('may be of another length, for a device built so', () => {
    const lines = linesOf(encodeSerial(new Uint8Array(100), 64));
    expect(lines.map((line) => line.length)).toEqual([63, 63, 23]);
    expect(() => encodeSerial(new Uint8Array(8), 6)).toThrow(RangeError);
  });

  it('carry 93 raw bytes in 127', () => {
    expect(rawBytesPerLine()).toBe(93);
    expect(rawBytesPerLine(7)).toBe(3);
  });

  it.each([8, 88, 89, 90, 91, 182, 183, 1019, 1020])('of %d bytes are reckoned right', (count) => {
    expect(serialBytes(count)).toBe(encodeSerial(new Uint8Array(count)).length);
  });

  it('can not hold more than the length field says', () => {
    expect(() => encodeSerial(new Uint8Array(65_534))).toThrow(RangeError);
  });
});

describe('bytes from the line', () => {
  it('become a packet when its last character is there, before the newline', () => {
    expect(decoded(echoLine.subarray(0, -1))).toEqual([packet(echoPacket)]);
  });

  it('may end their lines with CR LF', () => {
    expect(decoded(bytes("06 09 'ABAKAAAGAAABAKFhZGJoaaWv' 0d0a 'ok' 0a"))).toEqual([
      packet(echoPacket),
      text('ok\n'),
    ]);
  });

  it('may pad every line', () => {
    const raw = Buffer.from('ABAKAAAGAAABAKFhZGJoaaWv', 'base64');
    const line = (from: number, to?: number): string => raw.subarray(from, to).toString('base64');
    expect(decoded(bytes(`06 09 '${line(0, 7)}' 0a 04 14 '${line(7)}' 0a`))).toEqual([
      packet(echoPacket),
    ]);
  });

  it('are text between frames, line by line', () => {
    const stream = bytes(`'boot' 0d0a 'I: up' 0a ${hex(echoLine)} 'uart:~$ '`);
    const framing = new SerialFraming();
    expect(framing.push(stream)).toEqual([text('boot\r\n'), text('I: up\n'), packet(echoPacket)]);
    expect(framing.flush()).toEqual([text('uart:~$ ')]);
    expect(framing.flush()).toEqual([]);
  });

  it('are a line of text that a frame cut in two', () => {
    expect(decoded(bytes(`'Erased 0xc400 bytes of im' ${hex(echoLine)} 'age slot' 0a`))).toEqual([
      packet(echoPacket),
      text('Erased 0xc400 bytes of image slot\n'),
    ]);
  });

  it('are text between the lines of one frame', () => {
    const [first, second] = linesOf(encodeSerial(echoLong));
    const stream = bytes(`${hex(first ?? echoLine)} 'log' 0a ${hex(second ?? echoLine)}`);
    expect(decoded(stream)).toEqual([text('log\n'), packet(echoLong)]);
  });

  it('are text where a marker only began', () => {
    expect(decoded(bytes("06 'a' 04 'b' 06 06 04 0a"))).toEqual([
      { kind: 'text', bytes: bytes("06 'a' 04 'b' 06 06 04 0a") },
    ]);
  });

  it('go on as text where the newline after a frame was lost', () => {
    const stream = bytes(`${hex(echoLine.subarray(0, -1))} '[00:01] up' 0a`);
    expect(decoded(stream)).toEqual([packet(echoPacket), text('[00:01] up\n')]);
  });

  it('give the next frame where the newline between two lines was lost', () => {
    const [first, second] = linesOf(encodeSerial(echoLong));
    const stream = bytes(`${hex(first?.subarray(0, -1) ?? echoLine)} ${hex(second ?? echoLine)}`);
    expect(decoded(stream)).toEqual([packet(echoLong)]);
  });
});

describe('a broken frame', () => {
  it('with a wrong checksum is dropped to its line end, and counted', () => {
    const stream = bytes(`06 09 'ABAKAAAGAAABAKFhZGJobaWv' 0a ${hex(echoLine)}`);
    expect(decoded(stream)).toEqual([bad('checksum', 27), packet(echoPacket)]);
  });

  it('with something that is no base64 is dropped to its line end, and not shown', () => {
    const stream = bytes(`06 09 'ABAKAAAG[AAAB secret' 0a 'log' 0a ${hex(echoLine)}`);
    expect(decoded(stream)).toEqual([bad('not-base64', 23), text('log\n'), packet(echoPacket)]);
  });

  it('whose last line was lost is reported when the next begins', () => {
    const [first] = linesOf(encodeSerial(echoLong));
    const stream = bytes(`${hex(first ?? echoLine)} ${hex(echoLine)}`);
    expect(decoded(stream)).toEqual([bad('unfinished', 127), packet(echoPacket)]);
  });

  it('cut off in the middle of a line is reported when the next begins', () => {
    const stream = bytes(`06 09 'ABAKAA' ${hex(echoLine)}`);
    expect(decoded(stream)).toEqual([bad('unfinished', 8), packet(echoPacket)]);
  });

  it('whose first line was lost is reported line by line', () => {
    expect(decoded(bytes(`04 14 'AAAA' 0a 04 14 'BBBB' 0a ${hex(echoLine)}`))).toEqual([
      bad('no-beginning', 7),
      bad('no-beginning', 7),
      packet(echoPacket),
    ]);
  });

  it.each([
    ['more than the limit', "06 09 'f/8AAAAAAAAA' 0a", 15],
    ['less than a header', "06 09 'AAkAAAAAAAAA' 0a", 15],
  ])('that announces %s is dropped', (_, line, droppedBytes) => {
    expect(decoded(bytes(`${line} ${hex(echoLine)}`))).toEqual([
      bad('bad-length', droppedBytes),
      packet(echoPacket),
    ]);
  });

  it('does not hide a frame that begins in its line', () => {
    expect(decoded(bytes(`06 09 'ABAK[' 06 ${hex(echoLine)}`))).toEqual([
      bad('not-base64', 8),
      packet(echoPacket),
    ]);
  });

  it('is forgotten with the line', () => {
    const framing = new SerialFraming();
    framing.push(bytes("'half a li' 06 09 'ABAKAA'"));
    framing.reset();
    expect(framing.push(bytes(`04 14 'AA' 0a ${hex(echoLine)}`))).toEqual([
      bad('no-beginning', 5),
      packet(echoPacket),
    ]);
  });
});

const echoLong = bytes(`0a00 0078 0000 02 00 ${'ab'.repeat(120)}`);

function decoded(stream: Uint8Array): SerialValue[] {
  return new SerialFraming().push(stream);
}

function packet(expected: Uint8Array): SerialValue {
  return { kind: 'packet', bytes: expected };
}

function text(expected: string): SerialValue {
  return { kind: 'text', bytes: new TextEncoder().encode(expected) };
}

function bad(reason: string, droppedBytes: number): unknown {
  return { kind: 'bad-frame', reason, droppedBytes };
}

function linesOf(stream: Uint8Array): Uint8Array[] {
  const lines: Uint8Array[] = [];
  for (let from = 0; from < stream.length;) {
    const to = stream.indexOf(0x0a, from) + 1;
    lines.push(stream.subarray(from, to));
    from = to;
  }
  return lines;
}
