/** Codes out of pictures, decoded in a thread of its own. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { inReadingOrder, openPicture, readCodes } from '../../native-bridge/pictures/index.ts';
import { fileWith, fixture, png } from './support.ts';
import { exif, withSegments } from './with-metadata.ts';

const never = new AbortController().signal;
const codesIn = async (path: string) => await readCodes(await openPicture(path), never);

describe('readCodes', () => {
  it.each(['photo.jpg', 'code.gif', 'code.bmp'])('reads the code in %s', async (name) => {
    expect(await codesIn(fixture(name))).toMatchObject([
      { format: expect.stringMatching(/^QRCode/) as string, text: 'https://qr.alipay.com/fkx0' },
    ]);
  });

  it('finds all ten codes of a picture, and each by its row and place', async () => {
    const placed = inReadingOrder(await codesIn(fixture('ten-codes.png')));
    expect(placed.map(({ row, column, text }) => [row, column, text.slice(-1)])).toEqual([
      ...['0', '1', '2', '3', '4'].map((digit, at) => [1, at + 1, digit]),
      ...['5', '6', '7', '8', '9'].map((digit, at) => [2, at + 1, digit]),
    ]);
  });

  it('says where a code is in a photo that the phone held on its side, as a viewer turns it', async () => {
    const flat = readFileSync(fixture('photo.jpg'));
    const turned = withSegments(flat, [exif({ orientation: 6, little: true })]);
    const [written] = await codesIn(fixture('photo.jpg'));
    const [shown] = await codesIn(fileWith('turned.jpg', turned));
    // A quarter clockwise: what was left is on top, what was on top is at the right.
    expect(shown?.corners).toEqual(written?.corners.map(({ x, y }) => ({ x: 480 - y, y: x })));
  });

  it('finds nothing where there is no code', async () => {
    expect(await codesIn(fixture('no-code.png'))).toEqual([]);
  });

  it('says that half a picture is damaged', async () => {
    const whole = readFileSync(fixture('ten-codes.png'));
    const path = fileWith('half.png', whole.subarray(0, whole.length / 2));
    await expect(codesIn(path)).rejects.toMatchObject({
      code: 'picture-damaged',
      facts: { file: 'half.png' },
    });
  });

  it.each(['photo.jpg', 'code.gif', 'code.bmp'])(
    'says so of a %s that is cut off',
    async (name) => {
      const path = fileWith(name, readFileSync(fixture(name)).subarray(0, 300));
      await expect(codesIn(path)).rejects.toMatchObject({
        code: 'picture-damaged',
        cause: { message: 'it ends too early' },
      });
    },
  );

  it('refuses pixels that unfold to more than the header says', async () => {
    const path = fileWith('bomb.png', png(100, 100, new Uint8Array(64 * 1024 * 1024)));
    await expect(codesIn(path)).rejects.toMatchObject({
      code: 'picture-damaged',
      cause: { message: expect.stringMatching(/^more than/) as string },
    });
  });

  it('gives up at its deadline', async () => {
    const picture = await openPicture(fixture('photo.jpg'));
    await expect(readCodes(picture, never, 1)).rejects.toMatchObject({
      code: 'picture-too-slow',
      facts: { file: 'photo.jpg', timeoutMs: 1 },
    });
  });

  it('ends when it is stopped', async () => {
    const controller = new AbortController();
    const picture = await openPicture(fixture('photo.jpg'));
    const reading = readCodes(picture, controller.signal);
    controller.abort();
    await expect(reading).rejects.toMatchObject({ name: 'AbortError' });
  });
});

describe('inReadingOrder', () => {
  const square = (text: string, x: number, y: number) => ({
    format: 'QRCode',
    text,
    corners: [
      { x, y },
      { x: x + 10, y },
      { x: x + 10, y: y + 10 },
      { x, y: y + 10 },
    ] as const,
  });

  it('keeps a row together that is not quite level', () => {
    const placed = inReadingOrder([square('b', 30, 3), square('c', 5, 40), square('a', 0, 0)]);
    expect(placed.map(({ text, row, column }) => [text, row, column])).toEqual([
      ['a', 1, 1],
      ['b', 1, 2],
      ['c', 2, 1],
    ]);
  });
});
