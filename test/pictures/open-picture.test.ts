/** A picture's file from outside: what it is and how large, before a pixel is decoded. */
import { truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pictureKind } from '../../native-bridge/pictures/kind.ts';
import { openPicture } from '../../native-bridge/pictures/open-picture.ts';
import { pictureSize } from '../../native-bridge/pictures/size.ts';
import { fileWith, fixture, png } from './support.ts';

const bytesOf = (text: string) => Buffer.from(text, 'latin1');

describe('openPicture', () => {
  it.each([
    ['photo.jpg', 'jpeg', 640, 480],
    ['ten-codes.png', 'png', 1320, 528],
    ['code.gif', 'gif', 264, 264],
    ['code.bmp', 'bmp', 132, 132],
  ])('tells kind and size of %s from its bytes', async (name, kind, widthPixels, heightPixels) => {
    expect(await openPicture(fixture(name))).toMatchObject({ kind, widthPixels, heightPixels });
  });

  it('does not believe a name', async () => {
    const path = fileWith('code.png', bytesOf('hello, this is text'));
    await expect(openPicture(path)).rejects.toMatchObject({
      code: 'picture-unknown',
      facts: { file: 'code.png' },
    });
  });

  it('names the kind of a picture that is not read here', async () => {
    await expect(openPicture(fixture('code.webp'))).rejects.toMatchObject({
      code: 'picture-unknown',
      facts: { pictureKind: 'WEBP' },
    });
  });

  it('refuses 60,000 × 60,000 pixels by the header alone', async () => {
    const path = fileWith('bomb.png', png(60_000, 60_000, new Uint8Array(10)));
    await expect(openPicture(path)).rejects.toMatchObject({
      code: 'picture-too-large',
      facts: { widthPixels: 60_000, heightPixels: 60_000, maxMegapixels: 64 },
    });
  });

  it('takes half as many pixels where a channel has 16 bits', async () => {
    const deep = png(8_000, 5_000, new Uint8Array(10));
    await expect(openPicture(fileWith('plain.png', deep))).resolves.toMatchObject({ kind: 'png' });
    deep[24] = 16;
    await expect(openPicture(fileWith('deep.png', deep))).rejects.toMatchObject({
      code: 'picture-too-large',
      facts: { maxMegapixels: 32 },
    });
  });

  it.each([
    ['a GIF', `GIF89a\xff\xff\xff\xff\x80\0\0`],
    ['a JPEG', '\xff\xd8\xff\xc0\0\x11\x08\xff\xdc\xff\xdc\x03\x01\x11\0\x02\x11\0\x03\x11\0'],
    ['a BMP', `BM\0\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0\0\0\x01\0\0\0\x01\0\x01\0\x18\0`],
  ])(
    'refuses %s of more than four thousand million pixels by its header alone',
    async (_what, head) => {
      const path = fileWith('bomb', Buffer.concat([bytesOf(head), Buffer.alloc(64)]));
      await expect(openPicture(path)).rejects.toMatchObject({ code: 'picture-too-large' });
    },
  );

  it('refuses a file of 200 MB without reading it', async () => {
    const path = fileWith('huge.jpg', bytesOf('\xff\xd8\xff'));
    truncateSync(path, 200 * 1024 * 1024);
    await expect(openPicture(path)).rejects.toMatchObject({
      code: 'file-too-large',
      facts: { sizeBytes: 209_715_200 },
    });
  });

  it('says of an empty file, a folder and a missing one what each is', async () => {
    const empty = fileWith('empty.png', new Uint8Array());
    await expect(openPicture(empty)).rejects.toMatchObject({ code: 'picture-unknown' });
    await expect(openPicture(tmpdir())).rejects.toMatchObject({ code: 'file-unreadable' });
    const missing = fixture('not-there.png');
    await expect(openPicture(missing)).rejects.toMatchObject({ code: 'file-missing' });
  });

  it('takes a header that is cut off for a damaged picture', async () => {
    const path = fileWith('cut.png', png(10, 10, new Uint8Array(10)).subarray(0, 20));
    await expect(openPicture(path)).rejects.toMatchObject({ code: 'picture-damaged' });
  });
});

describe('kind and size', () => {
  it('are told of any bytes without an error', () => {
    const heads = ['', '\x89PNG\r\n\x1a\n', '\xff\xd8\xff', 'GIF89a', 'BM\0\0\0\0\0\0\0\0'];
    fc.assert(
      fc.property(fc.constantFrom(...heads), fc.uint8Array({ maxLength: 600 }), (head, rest) => {
        const bytes = Buffer.concat([bytesOf(head), rest]);
        pictureKind(bytes);
        for (const kind of ['png', 'jpeg', 'gif', 'bmp'] as const) {
          const size = pictureSize(bytes, kind);
          expect(size === null || size.widthPixels * size.heightPixels > 0).toBe(true);
        }
      }),
    );
  });

  it('finds a JPEG’s size behind any number of segments and fill bytes', () => {
    const segments = '\xff\xe0\0\x04ab' + '\xff\xff\xff\xdb\0\x03c';
    const frame = '\xff\xc2\0\x0b\x08\x01\x02\x03\x04\x01\x01\x11\0';
    const bytes = bytesOf(`\xff\xd8${segments}${frame}`);
    expect(pictureSize(bytes, 'jpeg')).toEqual({ widthPixels: 0x0304, heightPixels: 0x0102 });
  });
});
