/** One thing that speaks against a flash: its name, its words, and whether it can be allowed. */
import type { Facts } from '../../contract/common.ts';
import type { FlashPlan } from '../../contract/firmware.ts';

export type Blocker = FlashPlan['blockers'][number];
export type Warning = FlashPlan['warnings'][number];

export function blocker(code: string, facts: Facts, allowable: boolean): Blocker {
  return { code, text: { key: `blocker_${code.replaceAll('-', '_')}`, facts }, allowable };
}

/** `allowable`: allowing it by its name changes what the flash does. */
export function warning(code: string, facts: Facts = {}, allowable = false): Warning {
  return { code, text: { key: `warning_${code.replaceAll('-', '_')}`, facts }, allowable };
}
