/** What recovery would refuse is refused before the terminal is touched. */
import { describe, expect, it } from 'vitest';
import { makeSigner } from '../../support/signer.ts';
import { openStage, packageFor, type PackageOptions } from './stage.ts';

const fromElsewhere = {
  'pre-build': 'PBNorth/at900/at900:13/TKQ1.230504.002/9.1.0.1:user/release-keys',
};

describe('a package is refused that', () => {
  it.each<[string, string, PackageOptions]>([
    ['is for another model', 'wrong-model', { metadata: { 'pre-device': 'at700' } }],
    ['is older', 'ota-older', { metadata: { 'post-timestamp': '1600000000' } }],
    ['needs another build', 'ota-other-build', { metadata: fromElsewhere }],
    ['is not signed', 'image-refused', { signer: null }],
    ['somebody else signed', 'image-refused', { signer: makeSigner() }],
    ['names no build', 'ota-build-unnamed', { metadata: { 'post-build': 'None' } }],
  ])('%s', async (_, code, options) => {
    const stage = await openStage();
    const plan = await stage.plan(packageFor(options));
    expect(plan.blockers).toMatchObject([{ code, allowable: false }]);
    const refused = stage.flash(plan, { allow: [code] });
    await expect(refused).rejects.toMatchObject({ fault: { code: 'flash-blocked' } });
    expect(await stage.state()).toMatchObject({ mode: 'system' });
    expect(stage.terminal.events.filter(({ event }) => event === 'mode')).toEqual([]);
  });
});

it('the build that runs already is not installed again', async () => {
  const stage = await openStage();
  await stage.flash(await stage.plan());
  const { blockers } = await stage.plan();
  expect(blockers).toMatchObject([{ code: 'already-installed', allowable: false }]);
});

it('a package for slots does not go onto a terminal without', async () => {
  const stage = await openStage('--model', 'at-700');
  const { blockers } = await stage.plan(packageFor({ metadata: { 'pre-device': 'at700' } }));
  expect(blockers.map(({ code }) => code)).toEqual(['ota-needs-slots']);
});
