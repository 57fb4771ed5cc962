/** How a flash ended: the verdict, what is on the device, what to do next. Only what was seen. */
import type { Sentence } from '../../contract/common.ts';
import type { Fault } from '../../contract/fault.ts';
import type { FlashPhase, FlashVerdict } from '../../contract/firmware.ts';

export interface Outcome {
  readonly verdict: FlashVerdict;
  readonly state: Sentence;
  readonly next: Sentence;
  readonly fault: Fault | null;
  readonly failedPhase: FlashPhase | null;
  readonly running: { readonly version: string; readonly hash: string | null } | null;
  readonly confirmed: boolean | null;
}

export type NextStep =
  | 'test-payment'
  | 'try-again'
  | 'vendor'
  | 'restart-terminal'
  | 'wait'
  | 'reconnect'
  | 'right-terminal'
  | 'right-boot-loader'
  | 'read'
  | 'flash-recovery'
  | 'confirm-identity'
  | 'settings'
  | 'after-flash'
  | 'recovery'
  | 'ota-wait'
  | 'ota-again'
  | 'ota-leave-or-again'
  | 'ota-try-again'
  | 'boot-loader'
  | 'factory-again'
  | 'factory-leave-or-again';

export function next(step: NextStep): Sentence {
  return { key: `flash_next_${step.replaceAll('-', '_')}`, facts: {} };
}

export function ended(
  verdict: FlashVerdict,
  state: Sentence,
  step: NextStep,
  more: Partial<Pick<Outcome, 'fault' | 'failedPhase' | 'running' | 'confirmed'>> = {},
): Outcome {
  return {
    verdict,
    state,
    next: next(step),
    fault: more.fault ?? null,
    failedPhase: more.failedPhase ?? null,
    running: more.running ?? null,
    confirmed: more.confirmed ?? null,
  };
}
