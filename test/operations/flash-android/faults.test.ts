/** Whatever recovery or the terminal does wrong, the verdict says what is on the terminal. */
import { describe, expect, it } from 'vitest';
import { endOf, openStage, packageFor } from './stage.ts';

describe('of a terminal with slots', () => {
  it.each<[string, string, string | null]>([
    [
      'sideload-wrong-model',
      'nothing-changed: ota_as_before, then ota_try_again',
      'sideload-refused',
    ],
    [
      'sideload-verification-failed',
      'nothing-changed: ota_as_before, then ota_try_again',
      'sideload-refused',
    ],
    [
      'sideload-older-refused',
      'nothing-changed: ota_as_before, then ota_try_again',
      'sideload-refused',
    ],
    [
      'sideload-install-fails',
      'nothing-changed: ota_as_before, then ota_try_again',
      'sideload-refused',
    ],
    ['sideload-dies-midway', 'nothing-changed: ota_as_before, then ota_try_again', 'port-vanished'],
    ['sideload-silent', 'nothing-changed: ota_as_before, then ota_try_again', 'reply-timeout'],
    [
      'sideload-claims-success',
      'nothing-changed: ota_not_started, then vendor',
      'firmware-not-taken',
    ],
    ['slot-falls-back', 'nothing-changed: ota_not_started, then vendor', 'firmware-not-taken'],
    ['dead-after-flash', 'unknown: ota_not_back, then ota_wait', 'reply-timeout'],
    ['other-device-after-flash', 'unknown: replaced, then right_terminal', 'terminal-replaced'],
    ['settings-lost-all', 'done: done_build, then test_payment', null],
  ])('%s', async (fault, expected, code) => {
    const stage = await openStage('--fault', fault);
    const result = await stage.flash(await stage.plan());
    expect(endOf(result)).toBe(expected);
    expect(result.fault?.code ?? null).toBe(code);
  });
});

describe('of a terminal without slots', () => {
  it.each<[string, string, string]>([
    [
      'sideload-install-fails',
      'needs-firmware: ota_recovery_written, then ota_again',
      'sideload-refused',
    ],
    ['sideload-dies-midway', 'nothing-changed: ota_as_before, then ota_try_again', 'port-vanished'],
    [
      'stays-in-recovery',
      'needs-firmware: ota_stays_in_recovery, then ota_again',
      'firmware-not-taken',
    ],
  ])('%s', async (fault, expected, code) => {
    const stage = await openStage('--model', 'at-700', '--fault', fault);
    const plan = await stage.plan(packageFor({ model: 'at-700' }));
    const result = await stage.flash(plan, { allow: ['no-way-back'] });
    expect(endOf(result)).toBe(expected);
    expect(result.fault?.code).toBe(code);
  });
});
