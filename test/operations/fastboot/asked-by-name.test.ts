/** A boot loader that lists little answers by name all the same, as AOSP's client asks it. */
import { describe, expect, it } from 'vitest';
import { endOf, factoryFor, openStage } from './stage.ts';

const demands = `require product=at900
require version-baseband=BENCH_LTE_1.7.3
require hw-revision=B2
reject hw-revision=A1
require partition-exists=dtbo
`;
const shortList = ['--fault', 'fastboot-short-list'] as const;

it('what is asked of it and not listed is asked for by name for the plan', async () => {
  const stage = await openStage('--mode', 'bootloader', ...shortList);
  const plan = await stage.plan(factoryFor('at-900', { info: demands }));
  expect(plan.blockers).toEqual([]);
});

it('and again before the first partition is written', async () => {
  const stage = await openStage(...shortList);
  const result = await stage.flash(await stage.plan(factoryFor('at-900', { info: demands })));
  expect(endOf(result)).toBe('done: done_build, then test_payment');
});

describe('what it does not tell by name either refuses the package:', () => {
  it.each([
    ['required', 'require colour=red', 'factory-requirement', 'blocker_factory_requirement'],
    ['rejected', 'reject colour=red', 'factory-rejects', 'blocker_factory_rejects_untold'],
    ['a partition', 'require partition-exists=tee', 'factory-partition-missing', ''],
  ])('%s', async (_, line, code, key) => {
    const stage = await openStage('--mode', 'bootloader', ...shortList);
    const { blockers } = await stage.plan(factoryFor('at-900', { info: `${demands}${line}\n` }));
    expect(blockers).toMatchObject([{ code, allowable: false }]);
    expect(blockers[0]?.text.key).toContain(key);
  });
});
