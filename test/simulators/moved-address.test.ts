/** A port that comes back at another address, as a USB serial port does after an update. */
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { PtyEnd } from '../../native-bridge/simulators/codebox/line/pty-end.ts';
import { WRITE } from './frames.ts';
import { connectTcp } from './host.ts';
import { largeBuffers, mark, slots, summary, upload } from './images.ts';
import { simulate } from './simulate.ts';
import { NEW } from './small-flash.ts';

test('over TCP it has another port after the update, and says which', async () => {
  const quick = ['--swap-ms', '40', '--boot-ms', '20', '--faults', 'other-address-after-swap'];
  const simulated = await simulate([...quick, ...largeBuffers]);
  const host = await simulated.connect();
  await upload(host, NEW);
  await mark(host, false);
  await host.ask(WRITE, 0, 5);
  await expect.poll(() => simulated.announced, { timeout: 5000 }).toHaveLength(1);
  const [moved] = simulated.announced as { event: string; url: string }[];
  expect(moved?.event).toBe('moved');
  expect(moved?.url).not.toBe(simulated.url);
  await expect(simulated.connect(), 'nobody is at the old one').rejects.toThrow();
  const again = await connectTcp(moved?.url ?? '');
  await expect.poll(async () => summary(await slots(again))[0]).toBe('0 2.0.0 active');
});

test('over a pty it has another link, and the old one is gone', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'codebox-test-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const link = join(folder, 'codebox');
  const end = new PtyEnd(link, 115_200, { received: () => undefined });
  onTestFinished(() => end.close());
  expect(await end.open()).toContain(link);
  const url = await end.move();
  expect(url).toContain(`${link}-moved`);
  expect([existsSync(link), existsSync(`${link}-moved`)]).toEqual([false, true]);
});

test('a pty without a link of its own is another pty', async () => {
  const end = new PtyEnd(null, 115_200, { received: () => undefined });
  onTestFinished(() => end.close());
  const first = await end.open();
  expect(await end.move()).not.toBe(first);
});
