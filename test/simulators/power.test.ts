/** Power and resets by control message, and what is said of the flash meanwhile. */
import { expect, test } from 'vitest';
import { READ, WRITE } from './frames.ts';
import { startBox, type Box } from './in-process.ts';
import { sha256 } from './images.ts';
import { NEW } from './small-flash.ts';

/** Up to the restart, with the boot loader at work. */
async function swapping(): Promise<Box> {
  const box = await startBox('--swap-ms', '2000', '--boot-ms', '100');
  box.upload();
  box.mark(1, false);
  box.ask(WRITE, 0, 5);
  box.pass(250 + 30);
  return box;
}

test('in the middle of a swap the flash is in the middle of it, and the next boot goes on', async () => {
  const box = await swapping();
  expect(box.flash).toMatchObject({ swapInterrupted: false });
  box.pass(1000);
  expect(box.flash).toMatchObject({ swapInterrupted: true, nextBoot: { version: '2.0.0' } });
  await box.control({ power: 'off' });
  expect(box.state()).toMatchObject({ power: 'off' });
  expect(box.ask(READ, 0, 6)).toBeNull();
  await box.control({ power: 'on' });
  box.pass(30 + 950);
  expect(box.state(), 'the rest takes the rest of the time').toMatchObject({ power: 'booting' });
  box.pass(300);
  expect(box.slots()).toEqual(['0 2.0.0 active', '1 1.0.0 confirmed']);
});

test('power off and on before the swap began, and all of it is still to come', async () => {
  const box = await swapping();
  await box.control({ repower: true });
  expect(box.flash).toMatchObject({ swapInterrupted: false, nextBoot: { version: '2.0.0' } });
  box.pass(3000);
  expect(box.slots()).toEqual(['0 2.0.0 active', '1 1.0.0 confirmed']);
});

test('power off and on after the swap, before the application is up: the trial is over', async () => {
  const box = await swapping();
  box.pass(2010);
  await box.control({ repower: true });
  box.pass(5000);
  expect(box.slots()).toEqual(['0 1.0.0 active confirmed', '1 2.0.0']);
});

test('looking changes nothing, however often', async () => {
  const box = await swapping();
  for (let look = 0; look < 50; look += 1) {
    box.pass(45);
    box.state();
  }
  expect(box.slots()).toEqual(['0 2.0.0 active', '1 1.0.0 confirmed']);
});

test('the power goes after so many more flash operations, and is back after a while', async () => {
  const box = await startBox();
  expect(await box.control({ powerCut: { afterOperations: 6, restoreAfterMs: 700 } })).toEqual({
    ok: true,
  });
  expect(box.flash).toMatchObject({ operationsUntilPowerLoss: 6 });
  const before = Number(box.flash['operations']);
  expect(box.upload()).toBeNull();
  expect(box.flash).toMatchObject({ operations: before + 6, operationsUntilPowerLoss: null });
  box.pass(2000);
  expect(box.slots()).toEqual(['0 1.0.0 active confirmed']);
});

test('with no time named the power stays away until it is switched on', async () => {
  const box = await startBox();
  await box.control({ powerCut: { afterOperations: 0 } });
  box.pass(100_000);
  expect(box.state()).toMatchObject({ power: 'off' });
  await box.control({ reset: true });
  expect(box.state(), 'nothing to reset').toMatchObject({ power: 'off' });
  await box.control({ power: 'on' });
  box.pass(2000);
  expect(box.slots()).toEqual(['0 1.0.0 active confirmed']);
});

test('wherever in an update the power goes for an instant, what runs is one of the two', async () => {
  const seen = new Set<string>();
  for (let operations = 1; operations < 130; operations += 7) {
    const box = await startBox('--swap-ms', '100', '--boot-ms', '20');
    await box.control({ powerCut: { afterOperations: operations, restoreAfterMs: 10 } });
    box.update();
    box.pass(5000);
    const { nextBoot } = box.flash as { nextBoot: { runs: string } };
    expect(nextBoot.runs).toBe('application');
    seen.add(box.slots()[0] ?? '');
    await box.stop();
  }
  expect([...seen].sort()).toEqual(['0 1.0.0 active confirmed', '0 2.0.0 active']);
});

test('a reset in the middle of an upload leaves what was written, and nobody lists it', async () => {
  const box = await startBox();
  for (let off = 0; off < 8000; off += 800) {
    const first = off === 0 ? { len: NEW.length, sha: sha256(NEW) } : {};
    box.ask(WRITE, 1, 1, { off, data: NEW.slice(off, off + 800), ...first });
  }
  await box.control({ reset: true });
  box.pass(2000);
  const { slots } = box.flash as { slots: Record<string, unknown>[] };
  // Whole blocks of 512 bytes; what was gathered for the next is gone.
  expect(slots[1]).toMatchObject({ writtenBytes: 7680, version: null, bootable: false });
  expect(box.slots()).toEqual(['0 1.0.0 active confirmed']);
  const again = { off: 0, data: NEW.slice(0, 800), len: NEW.length, sha: sha256(NEW) };
  expect(box.ask(WRITE, 1, 1, again)).toEqual({ off: 800 });
});

test('progressive erase: a second upload erases as it goes', async () => {
  const box = await startBox('--erase-mode', 'progressive');
  box.upload();
  const { slots } = box.flash as { slots: { writtenBytes: number }[] };
  const whole = slots[1]?.writtenBytes;
  const other = NEW.map((byte, index) => (index > 600 ? byte ^ 1 : byte));
  const first = { off: 0, data: other.slice(0, 800), len: other.length, sha: sha256(other) };
  expect(box.ask(WRITE, 1, 1, first)).toEqual({ off: 800 });
  expect(box.flash, 'the rest of the old image is still there').toMatchObject({
    slots: [{}, { writtenBytes: whole, hashTrue: false }],
  });
});

test('a reply to a given command is lost or doubled, and only that one', async () => {
  const box = await startBox();
  await box.control({ reply: 'lost', group: 1, command: 0 });
  expect(box.ask(READ, 0, 6)).toHaveProperty('buf_size');
  expect(box.ask(READ, 1, 0)).toBeNull();
  expect(box.ask(READ, 1, 0)).toHaveProperty('images');
  await box.control({ reply: 'doubled', group: 1, command: 0 });
  box.ask(READ, 1, 0);
  expect(box.replies).toHaveLength(2);
});

test.for([
  [{ powerCut: 5 }],
  [{ powerCut: { afterOperations: -1 } }],
  [{ powerCut: { afterOperations: 1, restoreAfterMs: 'soon' } }],
  [{ reply: 'late', group: 1, command: 1 }],
  [{ reply: 'lost', group: 'image', command: 1 }],
  [{ power: 'up' }],
] as const)('%j is refused', async ([message]) => {
  expect(await (await startBox()).control(message)).toMatchObject({ ok: false });
});
