/** What the one filled button of a verdict does: the act that its next step names. */
import type { FlashResult } from '../../native-bridge/contract/firmware.ts';

export type NextAct = 'check' | 'report' | 'go-on' | 'settings' | 'read' | 'reconnect';

const acts: Readonly<Record<string, NextAct>> = {
  flash_next_test_payment: 'check',
  flash_next_after_flash: 'check',
  flash_next_try_again: 'go-on',
  flash_next_flash_recovery: 'go-on',
  flash_next_confirm_identity: 'go-on',
  flash_next_right_boot_loader: 'go-on',
  flash_next_ota_again: 'go-on',
  flash_next_ota_leave_or_again: 'go-on',
  flash_next_ota_try_again: 'go-on',
  flash_next_vendor: 'report',
  flash_next_settings: 'settings',
};

/**
 * `checking`: a symptom was chosen, so that the check after the flash has something to compare with.
 * What needs no terminal is offered without one, too.
 */
export function nextAct(
  { next, verdict }: Pick<FlashResult, 'next' | 'verdict'>,
  { connected, checking }: { readonly connected: boolean; readonly checking: boolean },
): NextAct {
  const act = acts[next.key] ?? 'read';
  // The test payment is made by hand; what is left to do here is the report.
  const paid = act === 'check' && verdict !== 'not-trading' && !checking;
  if (paid || (act === 'check' && !connected)) return 'report';
  return connected || act === 'report' ? act : 'reconnect';
}
