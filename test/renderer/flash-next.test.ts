/** The filled button of a verdict does what the verdict's next step says. */
import { expect, test } from 'vitest';
import { nextAct } from '../../renderer/state/flash-next.ts';
import type { FlashVerdict } from '../../native-bridge/contract/firmware.ts';

const at = { connected: true, checking: false };
const of = (step: string, verdict: FlashVerdict = 'unknown') => ({
  verdict,
  next: { key: `flash_next_${step}`, facts: {} },
});

test('what goes on with the image goes on, and only with a terminal', () => {
  const goingOn = ['try_again', 'flash_recovery', 'confirm_identity', 'right_boot_loader'];
  const withPackage = ['ota_again', 'ota_leave_or_again', 'ota_try_again'];
  for (const step of [...goingOn, ...withPackage]) {
    expect(nextAct(of(step), at)).toBe('go-on');
    expect(nextAct(of(step), { ...at, connected: false })).toBe('reconnect');
  }
});

test('the report is for the vendor with or without the terminal', () => {
  expect(nextAct(of('vendor'), at)).toBe('report');
  expect(nextAct(of('vendor'), { ...at, connected: false })).toBe('report');
});

test('after a proven flash the check is run again where there was one, else the report is left', () => {
  const done = of('test_payment', 'done');
  expect(nextAct(done, { ...at, checking: true })).toBe('check');
  expect(nextAct(done, at)).toBe('report');
  expect(nextAct(of('after_flash', 'not-trading'), at)).toBe('check');
  expect(nextAct(done, { connected: false, checking: true })).toBe('report');
});

test('what is not known is read', () => {
  for (const step of [
    'wait',
    'reconnect',
    'read',
    'restart_terminal',
    'right_terminal',
    'ota_wait',
  ]) {
    expect(nextAct(of(step), at)).toBe('read');
  }
});
