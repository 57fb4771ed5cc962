/** What the boot loader would refuse is refused before the terminal is touched. */
import { describe, expect, it } from 'vitest';
import { makeSigner } from '../../support/signer.ts';
import type { FactoryPlan } from '../../support/make-factory.ts';
import { builds, endOf, factoryFor, openStage } from './stage.ts';

const product = 'require product=at900\n';

describe('by what its system says, a package is refused that', () => {
  it.each<[string, string, boolean, Partial<FactoryPlan>]>([
    ['is for another model', 'factory-product-unknown', true, { info: 'require product=at700' }],
    [
      'needs another boot loader',
      'factory-bootloader-version',
      false,
      { info: `${product}require version-bootloader=9.9` },
    ],
    [
      'needs another baseband',
      'factory-baseband-version',
      false,
      { info: `${product}require version-baseband=9.9` },
    ],
    [
      'brings an image that vbmeta does not describe',
      'factory-unvouched',
      true,
      {
        tasks: 'version 1\nflash boot\nflash vbmeta\nflash dtbo\nflash modem',
        images: { 'modem.img': Buffer.alloc(4096) },
      },
    ],
    ['somebody else signed', 'image-refused', false, { signer: makeSigner() }],
    ['brings what runs', 'already-installed', false, { fingerprint: runningBuild() }],
    [
      'writes the system from the boot loader, though it lies in super',
      'factory-no-super-table',
      false,
      { tasks: undefined },
    ],
    [
      'writes over user data',
      'factory-wipes',
      true,
      { tasks: 'version 1\nflash boot\nflash vbmeta\nerase userdata' },
    ],
  ])('%s', async (_, code, allowable, more) => {
    const stage = await openStage();
    const plan = await stage.plan(factoryFor('at-900', more));
    expect(plan.blockers).toMatchObject([{ code, allowable }]);
    await expect(stage.flash(plan)).rejects.toMatchObject({ fault: { code: 'flash-blocked' } });
    expect(stage.terminal.events.filter(({ event }) => event === 'mode')).toEqual([]);
  });
});

it('a locked boot loader is refused with advice', async () => {
  const stage = await openStage('--locked');
  const { blockers } = await stage.plan();
  expect(blockers).toMatchObject([{ code: 'bootloader-locked', allowable: false }]);
});

describe('by what its boot loader says, a package is refused that', () => {
  it.each<[string, string, Partial<FactoryPlan>]>([
    ['is for another model', 'wrong-model', { info: 'require product=at700' }],
    [
      'writes a partition that is not there',
      'factory-partition-missing',
      {
        tasks: 'version 1\nflash boot\nflash vbmeta\nflash tee',
        described: { tee: Buffer.alloc(4096) },
      },
    ],
    [
      'wants a partition that is not there',
      'factory-partition-missing',
      { info: `${product}require partition-exists=tee` },
    ],
    [
      'writes into super from there, without its table',
      'factory-no-super-table',
      { tasks: undefined },
    ],
    ['rejects it', 'factory-rejects', { info: `${product}reject version-bootloader=at900*` }],
  ])('%s', async (_, code, more) => {
    const stage = await openStage('--mode', 'bootloader');
    const { blockers } = await stage.plan(factoryFor('at-900', more));
    expect(blockers).toMatchObject([{ code, allowable: false }]);
  });
});

it('an image larger than its partition is refused in the boot loader, and nothing is written', async () => {
  const stage = await openStage();
  const tasks = 'version 1\nflash boot\nflash vbmeta\nflash misc';
  const described = { misc: Buffer.alloc(1_100_000) };
  const plan = await stage.plan(factoryFor('at-900', { tasks, described }));
  const result = await stage.flash(plan);
  expect(result).toMatchObject({
    verdict: 'nothing-changed',
    fault: { code: 'flash-blocked', facts: { blockers: ['factory-image-too-large'] } },
  });
  expect((await stage.state()).partitions).toEqual({});
});

it('a terminal in its boot loader is flashed, whatever it ran before', async () => {
  const stage = await openStage('--mode', 'bootloader');
  const plan = await stage.plan();
  expect(plan).toMatchObject({ fromVersion: null, blockers: [] });
  const result = await stage.flash(plan);
  expect(endOf(result)).toBe('done: done_build, then test_payment');
  expect(result).toMatchObject({ runningHash: builds['at-900'] });
});

function runningBuild(): string {
  return 'PBNorth/at900/at900:13/TKQ1.230504.002/9.2.0.117:user/release-keys';
}
