/** A factory package is written, and what runs after the restart proves it. */
import { expect, it } from 'vitest';
import type { FlashProgress } from '../../../native-bridge/contract/firmware.ts';
import { builds, endOf, factoryFor, openStage } from './stage.ts';

it('a package for the other slot is done once the terminal runs its build', async () => {
  const stage = await openStage();
  const plan = await stage.plan();
  expect(plan).toMatchObject({ canRevert: true, blockers: [] });
  const seen: FlashProgress[] = [];
  const result = await stage.flash(plan, { onProgress: (at) => seen.push(at) });
  expect(endOf(result)).toBe('done: done_build, then test_payment');
  expect(result).toMatchObject({ runningHash: builds['at-900'], fault: null, failedPhase: null });
  expect([...new Set(seen.map(({ phase }) => phase))]).toEqual([
    ...['pre-flight', 'backup', 'unpack', 'update-mode', 'upload'],
    ...['restart', 'reidentify', 'restore'],
  ]);
  const fractions = seen.map(({ fraction }) => fraction);
  expect(fractions).toEqual([...fractions].sort((a, b) => a - b));
  const { mode, slot, fingerprint, partitions } = await stage.state();
  expect({ mode, slot, fingerprint }).toEqual({
    mode: 'system',
    slot: 'b',
    fingerprint: builds['at-900'],
  });
  expect(Object.keys(partitions).sort()).toEqual(['boot_b', 'dtbo_b', 'system_b', 'vbmeta_b']);
  const written = plan.image.factory?.images.map(({ entry, sha256 }) => [entry, sha256]);
  const found = Object.entries(partitions).map(([name, { sha256 }]) => [
    name.replace('_b', '.img'),
    sha256,
  ]);
  expect(new Map(found as [string, string][])).toEqual(new Map(written as [string, string][]));
});

it('a package over what runs has to be allowed, and is done by the same proof', async () => {
  const stage = await openStage('--model', 'at-700');
  const plan = await stage.plan(factoryFor('at-700'), false);
  expect(plan.canRevert).toBe(false);
  expect(plan.blockers.map(({ code }) => code)).toEqual(['no-way-back', 'factory-unsigned']);
  const allow = ['no-way-back', 'factory-unsigned'];
  const result = await stage.flash(plan, { allow, keys: false });
  expect(endOf(result)).toBe('done: done_build, then test_payment');
  expect(await stage.state()).toMatchObject({ fingerprint: builds['at-700'] });
});

it('images larger than a download are sent in pieces', async () => {
  const stage = await openStage('--fault', 'fastboot-small-download');
  const result = await stage.flash(
    await stage.plan(factoryFor('at-900', { systemBytes: 3_500_000 })),
  );
  expect(endOf(result)).toBe('done: done_build, then test_payment');
});
