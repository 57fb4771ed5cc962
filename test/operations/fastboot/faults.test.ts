/** Whatever the boot loader does wrong, the verdict says what is on the terminal. */
import { describe, expect, it } from 'vitest';
import { endOf, factoryFor, openStage } from './stage.ts';

const nothing = 'nothing-changed: untouched, then ota_try_again';
const asBefore = 'nothing-changed: factory_as_before, then ota_try_again';

describe('of a terminal with slots', () => {
  it.each<[string, string, string | null]>([
    ['fastboot-wrong-product', 'nothing-changed: untouched, then vendor', 'flash-blocked'],
    ['fastboot-not-reached', nothing, 'boot-loader-not-reached'],
    ['fastboot-refuses-unlocked', asBefore, 'bootloader-locked'],
    ['fastboot-flash-fails', asBefore, 'command-refused'],
    ['fastboot-short-download', asBefore, 'reply-malformed'],
    ['fastboot-lies-max-download', asBefore, 'command-refused'],
    ['fastboot-hangs', asBefore, 'reply-timeout'],
    ['fastboot-goes-to-system', asBefore, 'boot-loader-not-reached'],
    ['fastboot-dies-midway', 'done: done_build, then test_payment', null],
    ['slot-falls-back', 'nothing-changed: factory_not_started, then vendor', 'firmware-not-taken'],
    ['stays-in-bootloader', 'done: done_build, then test_payment', null],
    ['dead-after-flash', 'unknown: factory_not_back, then ota_wait', 'reply-timeout'],
    ['other-device-after-flash', 'unknown: factory_not_back, then ota_wait', 'reply-timeout'],
    ['settings-lost-all', 'done: done_build, then test_payment', null],
  ])('%s', async (fault, expected, code) => {
    const stage = await openStage();
    const plan = await stage.plan(factoryFor('at-900', { systemBytes: 4_000_000 }));
    // As it shows only in the boot loader.
    await stage.terminal.control({ fault, on: true });
    const before = await stage.state();
    const result = await stage.flash(plan);
    expect(endOf(result)).toBe(expected);
    expect(result.fault?.code ?? null).toBe(code);
    if (result.verdict !== 'nothing-changed') return;
    const { mode, slot, fingerprint } = await stage.state();
    expect({ mode, slot, fingerprint }).toEqual({
      mode: 'system',
      slot: before.slot,
      fingerprint: before.fingerprint,
    });
  });

  it('another terminal in its boot loader is not written to', async () => {
    const stage = await openStage();
    const plan = await stage.plan();
    await stage.terminal.control({ fault: 'fastboot-other-serial', on: true });
    const result = await stage.flash(plan);
    expect(result.verdict).toBe('unknown');
    expect((await stage.state()).partitions).toEqual({});
  });
});

describe('of a terminal without slots', () => {
  it.each<[string, string, string]>([
    [
      'fastboot-flash-fails',
      'needs-firmware: factory_half_written, then factory_again',
      'command-refused',
    ],
    ['fastboot-hangs', 'needs-firmware: factory_half_written, then factory_again', 'reply-timeout'],
  ])(
    '%s leaves it in its boot loader, which takes the package again',
    async (fault, ends, code) => {
      const stage = await openStage('--model', 'at-700');
      const file = factoryFor('at-700');
      const allow = ['no-way-back', 'factory-unsigned'];
      const plan = await stage.plan(file, false);
      await stage.terminal.control({ fault, on: true });
      const result = await stage.flash(plan, { allow, keys: false });
      expect(endOf(result)).toBe(ends);
      expect(result.fault?.code).toBe(code);
      await stage.terminal.control({ fault, on: false });
      const again = await stage.plan(file, false);
      expect(again.fromVersion).toBeNull();
      const second = await stage.flash(again, { allow, keys: false });
      expect(endOf(second)).toBe('done: done_build, then test_payment');
    },
  );
});
