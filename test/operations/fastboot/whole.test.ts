/** What a package may bring besides plain images: a footer to move, a table of partitions, an erasure. */
import { createHash, randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import type { FlashProgress } from '../../../native-bridge/contract/firmware.ts';
import { endOf, factoryFor, openStage } from './stage.ts';

const done = 'done: done_build, then test_payment';
const mib = 1024 * 1024;
/** Of `boot` on the simulated terminal. */
const bootBytes = 64 * mib;
const sha256 = (...bytes: Uint8Array[]) =>
  createHash('sha256').update(Buffer.concat(bytes)).digest('hex');

/** An image as avbtool leaves it: the footer in its last 64 bytes. */
function bootWithFooter() {
  const footer = Buffer.alloc(64, 7);
  footer.write('AVBf');
  return { boot: Buffer.concat([randomBytes(40_960), footer]), footer };
}

/** The client's own. */
const ownOrder = { tasks: undefined };
const tasks = 'version 1\nflash boot\nflash vbmeta\nreboot fastboot\nflash system';

it.each([
  ['in one download', []],
  ['in pieces', ['--fault', 'fastboot-small-download']],
])(
  'a boot image smaller than its partition has its footer at the end of it, sent %s',
  async (_, more) => {
    const { boot, footer } = bootWithFooter();
    const stage = await openStage(...more);
    const seen: FlashProgress[] = [];
    const file = factoryFor('at-900', { tasks, boot });
    const plan = await stage.plan(file);
    const result = await stage.flash(plan, {
      allow: ['factory-unsigned'],
      onProgress: (at) => seen.push(at),
    });
    expect(endOf(result)).toBe(done);
    const gap = Buffer.alloc(bootBytes - boot.length - footer.length);
    expect((await stage.state()).partitions['boot_b']).toEqual({
      bytes: bootBytes,
      sha256: sha256(boot, gap, footer),
    });
    const sent = seen.flatMap(({ sentBytes }) => sentBytes ?? []);
    expect(sent).toEqual([...sent].sort((a, b) => a - b));
  },
);

it('without fastboot-info.txt, super_empty.img brings the table of partitions in fastbootd', async () => {
  const stage = await openStage();
  const images = { 'super_empty.img': randomBytes(4_096) };
  const plan = await stage.plan(factoryFor('at-900', { ...ownOrder, images }));
  const result = await stage.flash(plan, { allow: ['factory-unvouched'] });
  expect(endOf(result)).toBe(done);
  const { partitions, erased } = await stage.state();
  expect(Object.keys(partitions).sort()).toEqual(['boot_b', 'dtbo_b', 'system_b', 'vbmeta_b']);
  expect(erased).toEqual([]);
});

it('user data is erased where that is allowed by its name, with what the package names for it', async () => {
  const stage = await openStage();
  const wiping = `${tasks}\nif-wipe erase userdata\nif-wipe erase misc`;
  const plan = await stage.plan(factoryFor('at-900', { tasks: wiping }));
  expect(endOf(await stage.flash(plan, { allow: ['wipe-data'] }))).toBe(done);
  expect([...(await stage.state()).erased].sort()).toEqual(['metadata', 'misc', 'userdata']);
});

it('user data is erased by a boot loader too that tells no partition’s type', async () => {
  const stage = await openStage('--fault', 'fastboot-no-partition-type');
  const plan = await stage.plan(factoryFor('at-900', { tasks }));
  expect(endOf(await stage.flash(plan, { allow: ['wipe-data'] }))).toBe(done);
  expect([...(await stage.state()).erased].sort()).toEqual(['metadata', 'userdata']);
});

it('not allowed, nothing of it is erased', async () => {
  const stage = await openStage();
  const plan = await stage.plan(
    factoryFor('at-900', { tasks: `${tasks}\nif-wipe erase userdata` }),
  );
  expect(endOf(await stage.flash(plan))).toBe(done);
  expect((await stage.state()).erased).toEqual([]);
});

it('a table that is made anew takes the other slot’s partitions only where user data goes too', async () => {
  const stage = await openStage();
  const first = await stage.flash(await stage.plan());
  expect(endOf(first)).toBe(done);
  const withTable =
    'version 1\nflash boot\nflash vbmeta\nreboot fastboot\nupdate-super\nflash system';
  const next = factoryFor('at-900', {
    tasks: withTable,
    fingerprint: 'PBNorth/at900/at900:13/TKQ1.230504.002/9.4.0.1:user/release-keys',
    images: { 'super_empty.img': randomBytes(4_096) },
  });
  const plan = await stage.plan(next);
  const result = await stage.flash(plan, { allow: ['wipe-data', 'factory-unvouched'] });
  expect(endOf(result)).toBe(done);
  const { partitions, slot } = await stage.state();
  expect(slot).toBe('a');
  expect(Object.keys(partitions)).not.toContain('system_b');
});

it('a table that is asked for in the boot loader is made anew in fastbootd all the same', async () => {
  const stage = await openStage();
  const inPlace = 'version 1\nflash boot\nflash vbmeta\nupdate-super\nflash system';
  const images = { 'super_empty.img': randomBytes(4_096) };
  const plan = await stage.plan(factoryFor('at-900', { tasks: inPlace, images }));
  expect(endOf(await stage.flash(plan, { allow: ['factory-unvouched'] }))).toBe(done);
  const { partitions } = await stage.state();
  expect(Object.keys(partitions).sort()).toEqual(['boot_b', 'system_b', 'vbmeta_b']);
});

it('what is for the other slot goes there, and then no way back is promised', async () => {
  const stage = await openStage();
  const both = `${tasks}\nflash --slot-other system system_other.img`;
  const images = { 'system_other.img': randomBytes(8_192) };
  const plan = await stage.plan(factoryFor('at-900', { tasks: both, images }));
  expect(plan).toMatchObject({ canRevert: false, wayBack: { key: 'way_back_partitions_written' } });
  const result = await stage.flash(plan, { allow: ['no-way-back', 'factory-unvouched'] });
  expect(endOf(result)).toBe(done);
  expect((await stage.state()).partitions['system_a']).toMatchObject({ bytes: 8_192 });
});

it('without slots it is left out: it would stand in the place of the system', async () => {
  const stage = await openStage('--model', 'at-700');
  const images = { 'system_other.img': randomBytes(8_192) };
  const plan = await stage.plan(factoryFor('at-700', { images }), false);
  const allow = plan.blockers.flatMap(({ code, allowable }) => (allowable ? [code] : []));
  expect(endOf(await stage.flash(plan, { allow, keys: false }))).toBe(done);
  const { partitions } = await stage.state();
  expect(partitions['system']?.bytes).toBeGreaterThan(100_000);
});
