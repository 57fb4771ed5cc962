/** The camera's leave, with a system that lets the person think. */
import { expect, test } from 'vitest';
import { Camera } from '../../electron/camera.ts';

/** A question to the person, which is answered when the test says so. */
function askedSlowly() {
  const answers: ((may: boolean) => void)[] = [];
  const camera = new Camera(() => new Promise((resolve) => answers.push(resolve)));
  return { camera, answer: (may: boolean) => answers.shift()?.(may) };
}

test('closed while the system asks, it stays closed whatever the person answers', async () => {
  const { camera, answer } = askedSlowly();
  const opening = camera.open();
  camera.close();
  answer(true);
  expect(await opening).toBe(false);
  expect(camera.isOpen).toBe(false);
});

test('opened again after that, it is open', async () => {
  const { camera, answer } = askedSlowly();
  const first = camera.open();
  camera.close();
  const second = camera.open();
  answer(true);
  answer(true);
  expect(await Promise.all([first, second])).toEqual([false, true]);
  expect(camera.isOpen).toBe(true);
});

test('where the system does not let the program it stays closed', async () => {
  const { camera, answer } = askedSlowly();
  const opening = camera.open();
  answer(false);
  expect(await opening).toBe(false);
  expect(camera.isOpen).toBe(false);
});
