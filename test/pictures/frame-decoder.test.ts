/** A camera's frames: the code in one, none in the next, and a decoder that does not come back. */
import { expect, it, onTestFinished } from 'vitest';
import { FrameDecoder } from '../../native-bridge/pictures/index.ts';
import { frameWith, greyFrame } from '../support/frames.ts';

const never = new AbortController().signal;

function decoder(): FrameDecoder {
  const made = new FrameDecoder();
  onTestFinished(() => made.close());
  return made;
}

it('the code in a frame is read, and the next frame without one has none', async () => {
  const frames = decoder();
  const [code] = await frames.read(await frameWith('POSBENCH 01'), never);
  expect(code?.text).toBe('POSBENCH 01');
  expect(await frames.read(greyFrame(640, 480), never)).toEqual([]);
});

it('frames that come at once are answered each with its own codes', async () => {
  const frames = decoder();
  const texts = ['POSBENCH 01', 'POSBENCH 02', 'POSBENCH 03'];
  const found = await Promise.all(
    texts.map(async (text) => await frames.read(await frameWith(text), never)),
  );
  expect(found.map(([code]) => code?.text)).toEqual(texts);
});

it('a frame that takes too long is given up, and the one after it is read', async () => {
  const frames = decoder();
  const frame = await frameWith('POSBENCH 04');
  await expect(frames.read(frame, never, 0)).rejects.toMatchObject({ code: 'picture-too-slow' });
  expect(await frames.read(frame, never)).toMatchObject([{ text: 'POSBENCH 04' }]);
});

it('a frame that nobody waits for any more is given up with its reason', async () => {
  const frames = decoder();
  const given = new AbortController();
  given.abort(new Error('left'));
  await expect(frames.read(greyFrame(8, 8), given.signal)).rejects.toThrow('left');
});
