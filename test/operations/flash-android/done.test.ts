/** A package is installed, and what runs after the restart proves it. */
import { expect, it } from 'vitest';
import type { FlashProgress } from '../../../native-bridge/contract/firmware.ts';
import { builds, endOf, openStage, packageFor } from './stage.ts';

it('a signed package for slots is done once the terminal runs its build', async () => {
  const stage = await openStage();
  const plan = await stage.plan();
  expect(plan).toMatchObject({ canRevert: true, blockers: [] });
  const seen: FlashProgress[] = [];
  const result = await stage.flash(plan, { onProgress: (at) => seen.push(at) });
  expect(endOf(result)).toBe('done: done_build, then test_payment');
  expect(result).toMatchObject({ runningHash: builds['at-900'], fault: null, failedPhase: null });
  expect([...new Set(seen.map(({ phase }) => phase))]).toEqual([
    ...['pre-flight', 'backup', 'update-mode', 'upload', 'restart', 'reidentify', 'restore'],
  ]);
  const fractions = seen.map(({ fraction }) => fraction);
  expect(fractions).toEqual([...fractions].sort((a, b) => a - b));
  expect(await stage.state()).toMatchObject({ mode: 'system', fingerprint: builds['at-900'] });
});

it('a package that writes over the system has to be allowed, and is done by the same proof', async () => {
  const stage = await openStage('--model', 'at-700');
  const plan = await stage.plan(packageFor({ model: 'at-700' }));
  expect(plan.canRevert).toBe(false);
  expect(plan.blockers.map(({ code }) => code)).toEqual(['no-way-back']);
  const result = await stage.flash(plan, { allow: ['no-way-back'] });
  expect(endOf(result)).toBe('done: done_build, then test_payment');
  expect(result).toMatchObject({ runningHash: builds['at-700'], allowed: ['no-way-back'] });
});

it('the case keeps what the recovery wrote, and the package’s own words', async () => {
  const stage = await openStage();
  const { caseId, recoveryText } = await stage.flash(await stage.plan());
  expect(recoveryText).toContain('Install from ADB completed with status 0.');
  const { events } = await stage.bridge.request('getCase', { caseId });
  const image = events.find((event) => event.kind === 'image')?.image;
  expect(image).toMatchObject({
    format: 'android-ota',
    ota: { devices: ['at900'], from: null, securityPatch: '2026-09-05' },
  });
  expect(events.find((event) => event.kind === 'flash')?.flash.recoveryText).toEqual(recoveryText);
});
