/** The boot loader's serial recovery (MCUboot, boot/boot_serial). */
import { expect, test } from 'vitest';
import { READ, WRITE, type Fields } from './frames.ts';
import { startBox, type Box } from './in-process.ts';
import { NEW } from './small-flash.ts';

async function recovering(...args: string[]): Promise<Box> {
  return startBox('--faults', 'boot-pin-held', ...args);
}

function part(off: number, bytes: number): Fields {
  return { off, data: NEW.slice(off, off + bytes), len: NEW.length };
}

/** Follows the offsets; how many parts it took. */
function send(box: Box, bytes: number): number {
  let parts = 0;
  for (let off = 0; off < NEW.length; parts += 1) {
    const reply = box.ask(WRITE, 1, 1, part(off, bytes), 1);
    if (reply?.['rc'] !== 0) throw new Error(`rc ${String(reply?.['rc'])}`);
    off = Number(reply['off']);
  }
  return parts;
}

test('only version-1 headers are heard', async () => {
  const box = await recovering();
  expect(box.ask(READ, 1, 0)).toBeNull();
  expect(box.ask(WRITE, 0, 0, { d: 'hi' }, 1)).toEqual({ r: 'hi' });
});

test.for([
  ['bare', ['slot', 'version']],
  ['hash', ['slot', 'hash', 'version']],
  ['state', ['bootable', 'confirmed', 'slot', 'hash', 'version']],
] as const)('built with %s, its image list says %j', async ([list, fields]) => {
  const box = await recovering('--recovery-list', list);
  const reply = box.ask(READ, 1, 0, {}, 1) as { images: object[] };
  expect(Object.keys(reply)).toEqual(['images']);
  expect(reply.images.map((image) => Object.keys(image))).toEqual([fields]);
});

test.for([
  [0, 2],
  [0, 6],
  [0, 7],
  [0, 8],
  [1, 5],
  [1, 6],
  [3, 0],
  [9, 0],
] as const)('group %i command %i is not supported', async ([group, command]) => {
  const box = await recovering();
  expect(box.ask(READ, group, command, {}, 1)).toEqual({ rc: 8 });
});

test('marks are taken only where it was built to have them', async () => {
  const box = await recovering();
  expect(box.ask(WRITE, 1, 0, { confirm: true }, 1)).toEqual({ rc: 8 });
});

test('an upload goes into the primary slot and asks again for what fills no write unit', async () => {
  const box = await recovering();
  expect(box.ask(WRITE, 1, 1, part(0, 500), 1)).toEqual({ rc: 0, off: 496 });
  expect(box.ask(WRITE, 1, 1, part(500, 500), 1)).toEqual({ rc: 0, off: 496 });
  expect(box.ask(WRITE, 1, 1, part(496, 504), 1)).toEqual({ rc: 0, off: 1000 });
  expect(box.flash, 'what was there is gone').toMatchObject({
    slots: [{ version: null }, {}],
    nextBoot: { runs: 'recovery' },
  });
});

test('a first part always begins anew', async () => {
  const box = await recovering();
  box.ask(WRITE, 1, 1, part(0, 800), 1);
  expect(box.ask(WRITE, 1, 1, part(0, 400), 1)).toEqual({ rc: 0, off: 400 });
});

test.for([
  ['without a length', { off: 0, data: NEW.slice(0, 64) }, 3],
  ['larger than the slot', { off: 0, data: NEW.slice(0, 64), len: 12 * 4096 + 1 }, 3],
  ['without an offset', { data: NEW.slice(0, 64), len: 64 }, 3],
  ['for an image that has no slot', { ...part(0, 64), image: 1 }, 3],
  ['for an image that it does not know', { ...part(0, 64), image: 2 }, 5],
] as const)('an upload %s is refused', async ([, fields, rc]) => {
  const box = await recovering();
  expect(box.ask(WRITE, 1, 1, fields, 1)).toEqual({ rc });
});

test.for(['first-part', 'progressive'])('what was sent runs after a reset (%s)', async (mode) => {
  const box = await recovering('--erase-mode', mode);
  expect(send(box, 700)).toBeGreaterThan(20);
  box.fault('boot-pin-held', false);
  expect(box.ask(WRITE, 0, 5, {}, 1)).toEqual({ rc: 0 });
  box.pass(3000);
  expect(box.slots()).toEqual(['0 2.0.0 active confirmed']);
});

test('an upload is accounted for, and meets the mishaps of one', async () => {
  const box = await recovering('--faults', 'boot-pin-held,power-lost-mid-upload');
  expect(() => send(box, 800)).toThrow('rc undefined');
  expect(box.state()).toMatchObject({ resets: 1, faults: ['boot-pin-held'] });
  const { uploads } = await box.control({ stats: true });
  expect(uploads).toMatchObject([{ imageBytes: NEW.length, sentTwiceBytes: 0 }]);
});

test('with nothing to boot it is there by itself, and stays until something is', async () => {
  const box = await startBox('--bootloader-mode', 'overwrite-only', '--faults', 'boot-pin-held');
  box.ask(WRITE, 1, 1, part(0, 800), 1);
  box.fault('boot-pin-held', false);
  await box.control({ repower: true });
  box.pass(3000);
  expect(box.state()).toMatchObject({ power: 'recovery' });
  expect(box.text).toContain('Unable to find bootable image');
  expect(box.ask(READ, 1, 0, {}, 1)).toEqual({ images: [] });
  send(box, 800);
  box.ask(WRITE, 0, 5, {}, 1);
  box.pass(3000);
  expect(box.slots()).toEqual(['0 2.0.0 active confirmed']);
});

test('power lost in the middle of an upload leaves nothing to boot, and the recovery to answer', async () => {
  const box = await recovering();
  await box.control({ powerCut: { afterOperations: 20, restoreAfterMs: 100 } });
  for (let off = 0; ;) {
    const reply = box.ask(WRITE, 1, 1, part(off, 800), 1);
    if (reply === null) break;
    off = Number(reply['off']);
  }
  box.fault('boot-pin-held', false);
  box.pass(3000);
  await box.control({ repower: true });
  box.pass(3000);
  expect(box.state()).toMatchObject({ power: 'recovery' });
});
