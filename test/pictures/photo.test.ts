/** Photos that are kept: what is taken, what is refused, and that nothing but the picture is kept. */
import { appendFileSync, readFileSync, truncateSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exifOrientation } from '../../native-bridge/pictures/exif-orientation.ts';
import { openPhoto, openPicture, readCodes } from '../../native-bridge/pictures/index.ts';
import { leanJpeg } from '../../native-bridge/pictures/lean-jpeg.ts';
import { leanPng } from '../../native-bridge/pictures/lean-png.ts';
import { fileWith, fixture } from './support.ts';
import { exif, gps, withSegments, withTexts } from './with-metadata.ts';

const jpeg = readFileSync(fixture('photo.jpg'));
const png = readFileSync(fixture('ten-codes.png'));
const never = new AbortController().signal;

describe('a JPEG', () => {
  const taken = withSegments(jpeg, [
    exif({ orientation: 6, little: true }),
    { marker: 0xe1, content: `http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>${gps}</x:xmpmeta>` },
    { marker: 0xe2, content: `MPF\0${gps}` },
    { marker: 0xed, content: `Photoshop 3.0\0${gps}` },
    { marker: 0xfe, content: gps },
  ]);

  it('loses where it was taken, and whatever stands behind its end', () => {
    const film = Buffer.concat([taken, Buffer.from(`ftypmp42${gps}`)]);
    expect(film.includes(gps)).toBe(true);
    const lean = Buffer.from(leanJpeg(film) ?? []);
    expect(lean.includes(gps)).toBe(false);
    expect(lean.subarray(-2).toString('hex')).toBe('ffd9');
  });

  it.each([true, false])('keeps which way up it is (little-endian: %s)', (little) => {
    const lean = leanJpeg(withSegments(jpeg, [exif({ orientation: 8, little })])) ?? jpeg;
    const [first] = [lean.subarray(2, 4)];
    expect(Buffer.from(first).toString('hex')).toBe('ffe1');
    expect(exifOrientation(lean.subarray(6, 38))).toBe(8);
  });

  it('keeps its colour profile, and its pixels as they were', async () => {
    const profile = { marker: 0xe2, content: 'ICC_PROFILE\0\x01\x01profile' };
    const path = fileWith('taken.jpg', withSegments(taken, [profile]));
    const { bytes } = await openPhoto(path);
    expect(Buffer.from(bytes).includes('ICC_PROFILE')).toBe(true);
    // From the tables on, where the picture begins.
    const pixels = (all: Uint8Array) => Buffer.from(all).subarray(all.indexOf(0xdb));
    expect(pixels(bytes).equals(pixels(jpeg))).toBe(true);
    const lean = await openPicture(fileWith('lean.jpg', bytes));
    expect(await readCodes(lean, never)).toMatchObject([{ text: 'https://qr.alipay.com/fkx0' }]);
  });

  it('that breaks off is damaged', async () => {
    const path = fileWith('half.jpg', jpeg.subarray(0, jpeg.length - 2));
    await expect(openPhoto(path)).rejects.toMatchObject({
      code: 'picture-damaged',
      facts: { file: 'half.jpg' },
    });
  });
});

describe('a PNG', () => {
  it('loses its texts, its time and what stands behind its end', () => {
    const taken = Buffer.concat([withTexts(png), Buffer.from(gps)]);
    expect(taken.includes(gps)).toBe(true);
    const lean = Buffer.from(leanPng(taken) ?? []);
    expect(lean.includes(gps)).toBe(false);
    expect(lean.equals(leanPng(png) ?? png)).toBe(true);
    expect(lean.includes('IDAT')).toBe(true);
  });

  it('that breaks off is damaged', async () => {
    const path = fileWith('half.png', png.subarray(0, png.length - 12));
    await expect(openPhoto(path)).rejects.toMatchObject({ code: 'picture-damaged' });
  });
});

it('what is lean stays as it is, and no bytes make it throw', () => {
  for (const [lean, whole] of [
    [leanJpeg, jpeg],
    [leanPng, png],
  ] as const) {
    const once = lean(whole);
    expect(once && lean(once)).toEqual(once);
    fc.assert(
      fc.property(
        fc.nat(whole.length - 1),
        fc.uint8Array({ minLength: 1, maxLength: 40 }),
        (at, noise) => {
          const broken = Buffer.from(whole);
          broken.set(noise.subarray(0, broken.length - at), at);
          lean(broken);
        },
      ),
    );
  }
});

describe('a file that is no photo', () => {
  it.each([
    ['a GIF', 'code.gif', 'GIF'],
    ['a BMP', 'code.bmp', 'BMP'],
    ['a WebP', 'code.webp', 'WEBP'],
  ])('%s is refused by its name in words', async (_what, name, pictureKind) => {
    await expect(openPhoto(fixture(name))).rejects.toMatchObject({
      code: 'picture-unknown',
      facts: { pictureKind },
    });
  });

  it('is refused by what it holds, not by what it is called', async () => {
    const path = fileWith('bill.jpg', Buffer.from('PK\x03\x04 a spreadsheet'));
    await expect(openPhoto(path)).rejects.toMatchObject({ code: 'picture-unknown' });
    const called = fileWith('bill.docx', jpeg);
    expect(await openPhoto(called)).toMatchObject({ mediaType: 'image/jpeg', name: 'bill.docx' });
  });

  it('of 200 MB, or a byte over 20 MB, is refused without being read', async () => {
    for (const sizeBytes of [200 * 1024 * 1024, 20 * 1024 * 1024 + 1]) {
      const path = fileWith('huge.jpg', jpeg);
      truncateSync(path, sizeBytes);
      await expect(openPhoto(path)).rejects.toMatchObject({
        code: 'file-too-large',
        facts: { picture: 'huge.jpg', sizeBytes, maxBytes: 20 * 1024 * 1024 },
      });
    }
  });

  it('that changes while it is read is not taken', async () => {
    const path = fileWith('copying.jpg', jpeg);
    const ended = { is: false };
    const opening = openPhoto(path).finally(() => (ended.is = true));
    const outcome = opening.catch((error: unknown) => error);
    // One more byte at every turn: between any two looks at it there is at least one.
    while (!ended.is) {
      appendFileSync(path, 'x');
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(await outcome).toMatchObject({
      code: 'file-changed',
      facts: { picture: 'copying.jpg' },
    });
  });
});
