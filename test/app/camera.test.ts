/** The camera of the code inspector, on the film of a camera that Chromium pretends. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { film, frameWith, greyFrame } from '../support/frames.ts';
import { startApp, temporaryFolder, type RunningApp } from './harness.ts';
import { picture } from './pictures.ts';

async function withCamera(...frames: Parameters<typeof film>[0][number][]): Promise<RunningApp> {
  const file = join(temporaryFolder(), 'camera.y4m');
  writeFileSync(file, film(frames));
  return await startApp({
    args: ['--use-fake-device-for-media-stream', `--use-file-for-fake-video-capture=${file}`],
  });
}

test('a code that is held before the camera is inspected, and the camera closed', async () => {
  const app = await withCamera(greyFrame(640, 480), await frameWith('POSBENCH 31'));
  const { at } = app;
  await at('rail-qr').click();
  await at('qr-camera-open').click();
  await at('qr-code').waitFor();
  expect(await at('qr-code').textContent()).toContain('POSBENCH 31');
  await at('qr-camera').waitFor({ state: 'detached' });
  expect(app.complaints).toEqual([]);
});

test('while it looks it says for what and since when, and closes on ask', async () => {
  const app = await withCamera(greyFrame(640, 480));
  const { at, page } = app;
  await at('rail-qr').click();
  await at('qr-camera-open').click();
  await page.locator('[data-testid="qr-camera"][data-open="true"]').waitFor();
  await picture(app, '70-camera');
  await at('qr-camera-close').click();
  await at('qr-camera').waitFor({ state: 'detached' });
});

test('a camera that is pulled out while it looks is said to be gone', async () => {
  const app = await withCamera(greyFrame(640, 480));
  const { at, page } = app;
  await at('rail-qr').click();
  await at('qr-camera-open').click();
  const video = page.locator('[data-testid="qr-camera"] video');
  await video.waitFor();
  // As the browser tells it; its pretended camera can't be pulled out.
  await video.evaluate((element: HTMLVideoElement) => {
    const stream = element.srcObject as MediaStream;
    stream.getVideoTracks()[0]?.dispatchEvent(new Event('ended'));
  });
  await expect.poll(() => at('qr-camera-trouble').textContent()).toContain('The camera is gone');
  expect(await at('qr-camera').count()).toBe(0);
});

test('where there is no camera it says what to do instead', async () => {
  const app = await startApp({ locale: 'zh-CN' });
  const { at } = app;
  await at('rail-qr').click();
  await at('qr-camera-open').click();
  expect(await at('qr-camera-trouble').textContent()).toContain('没有摄像头');
  await picture(app, '70-no-camera');
});

test('outside of the inspector the page gets no camera', async () => {
  const { page } = await withCamera(greyFrame(640, 480));
  const name = await page.evaluate(async () => {
    try {
      await navigator.mediaDevices.getUserMedia({ video: true });
      return 'given';
    } catch (error) {
      return error instanceof Error ? error.name : String(error);
    }
  });
  expect(name).toBe('NotAllowedError');
});

test('the microphone is given to nobody, also while the camera is open', async () => {
  const { at, page } = await withCamera(greyFrame(640, 480));
  await at('rail-qr').click();
  await at('qr-camera-open').click();
  await page.locator('[data-testid="qr-camera"][data-open="true"]').waitFor();
  const name = await page.evaluate(async () => {
    try {
      await navigator.mediaDevices.getUserMedia({ audio: true });
      return 'given';
    } catch (error) {
      return error instanceof Error ? error.name : String(error);
    }
  });
  expect(name).toBe('NotAllowedError');
});
