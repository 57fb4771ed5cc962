/** What comes inside a `shell,v2` stream. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { closeShellInput, ShellPieces } from '../../../native-bridge/protocols/adb/shell-pieces.ts';

const piece = (kind: number, data: Uint8Array | string): Buffer => {
  const body = Buffer.from(data);
  const head = Buffer.alloc(5);
  head.writeUInt8(kind);
  head.writeUInt32LE(body.length, 1);
  return Buffer.concat([head, body]);
};
const stream = Buffer.concat([
  piece(1, 'out '),
  piece(2, 'error'),
  piece(1, ''),
  piece(9, 'of tomorrow'),
  piece(1, 'put'),
  piece(3, new Uint8Array([7])),
]);

/** Neighbours of one kind in one. */
function together(chunks: readonly Uint8Array[]) {
  const pieces = new ShellPieces();
  const all = { output: '', errorOutput: '', exitCode: -1 };
  for (const one of chunks.flatMap((chunk) => pieces.push(chunk))) {
    if (one.kind === 'exit') all.exitCode = one.exitCode;
    else all[one.kind] += Buffer.from(one.bytes).toString();
  }
  return all;
}

it('any split of the bytes gives the same, and unknown kinds are passed over', () => {
  const cuts = fc.array(fc.nat(stream.length), { maxLength: 8 });
  fc.assert(
    fc.property(cuts, (at) => {
      const borders = [0, ...at.toSorted((a, b) => a - b), stream.length];
      const chunks = borders.slice(1).map((end, index) => stream.subarray(borders[index], end));
      expect(together(chunks)).toEqual({ output: 'out put', errorOutput: 'error', exitCode: 7 });
    }),
  );
});

it('a piece that can’t be is refused before its bytes come', () => {
  const head = piece(1, '').fill(0xff, 1);
  expect(() => new ShellPieces().push(head)).toThrow('piece-length');
});

it('any bytes give pieces or an error, and no more bytes than came', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      try {
        const pieces = new ShellPieces().push(bytes);
        const length = pieces.reduce(
          (sum, it) => sum + (it.kind === 'exit' ? 1 : it.bytes.length),
          0,
        );
        expect(length).toBeLessThanOrEqual(bytes.length);
      } catch (error) {
        expect(error).toMatchObject({ code: 'reply-malformed' });
      }
    }),
  );
});

it('the end of input is an empty piece of kind 4', () => {
  expect(closeShellInput()).toEqual(new Uint8Array([4, 0, 0, 0, 0]));
});
