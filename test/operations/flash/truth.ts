/** A result held against what the simulated terminal's flash really holds at that moment. */
import type { FlashResult } from '../../../native-bridge/contract/firmware.ts';
import {
  picksNewest,
  type BootMode,
} from '../../../native-bridge/simulators/codebox/boot/modes.ts';
import type { TrailerState } from '../../../native-bridge/simulators/codebox/boot/trailer.ts';
import type { Simulator } from '../../../native-bridge/simulators/codebox/simulator.ts';

interface Slot {
  readonly version: string | null;
  readonly hash: string | null;
  readonly bootable: boolean;
}

export interface Truth {
  readonly power: 'application' | 'recovery' | 'booting' | 'dead' | 'off';
  /** What is in the slot that runs. */
  readonly active: Slot | null;
  readonly other: Slot | null;
  readonly swap: 'none' | 'test' | 'perm' | 'revert';
  readonly confirmed: boolean;
  readonly settings: Readonly<Record<string, string>>;
}

interface State {
  readonly power: Truth['power'];
  readonly active: number;
  readonly swap: Truth['swap'];
  readonly settings: Record<string, string>;
  readonly flash: {
    readonly mode: BootMode;
    readonly slots: readonly (Slot & { readonly trailer: TrailerState })[];
    readonly nextBoot: { readonly changes: boolean };
  };
}

export function truthOf(simulator: Simulator): Truth {
  const state = simulator.state() as unknown as State;
  const swap = nextOf(state);
  return {
    power: state.power,
    active: state.flash.slots[state.active] ?? null,
    other: state.flash.slots[1 - state.active] ?? null,
    swap,
    confirmed: swap !== 'revert',
    settings: state.settings,
  };
}

/** Where nothing is swapped each slot has a trailer of its own, or none, and the newest image runs. */
function nextOf({ active, swap, flash: { mode, slots, nextBoot } }: State): Truth['swap'] {
  if (!picksNewest(mode)) return swap;
  if (mode === 'direct-xip-revert') {
    const [running, other] = [slots[active]?.trailer, slots[1 - active]?.trailer];
    if (running?.copyDone === 'set' && running.imageOk !== 'set') return 'revert';
    if (nextBoot.changes && other?.imageOk !== 'set') return 'test';
  }
  return nextBoot.changes ? 'perm' : 'none';
}

export interface Hashes {
  readonly before: string;
  readonly target: string;
}

const flashed: readonly string[] = ['done', 'done-late', 'not-trading'];

export function isFlashed({ active, confirmed }: Truth, { target }: Hashes): boolean {
  return active?.hash === target && active.bootable && confirmed;
}

/** What the result says that is not so; empty: it is true. */
export function liesIn(result: FlashResult, truth: Truth, hashes: Hashes): string[] {
  const { verdict, state, runningHash, runningVersion, confirmed } = result;
  const lies: string[] = [];
  const claim = (what: string, holds: boolean) => {
    if (!holds) lies.push(`${verdict}, ${state.key}: ${what}`);
  };
  const runs = truth.power === 'application';
  if (flashed.includes(verdict)) {
    claim('the new image runs, confirmed', isFlashed(truth, hashes));
    claim('its hash is said', runningHash === hashes.target && confirmed === true);
  }
  if (verdict === 'nothing-changed' || verdict === 'reverted') {
    claim('the earlier image runs', truth.active?.hash === hashes.before);
  }
  if (verdict === 'needs-firmware') claim('the boot loader answers', truth.power === 'recovery');
  if (runs && runningHash !== null) claim('it runs that', runningHash === truth.active?.hash);
  if (runs && runningVersion !== null) {
    claim('it runs that version', runningVersion === truth.active?.version);
  }
  if (runs && confirmed !== null) claim('its confirmation', confirmed === truth.confirmed);
  for (const [key, what, holds] of sentences(truth, hashes)) {
    if (state.key === `flash_state_${key}`) claim(what, holds);
  }
  return lies;
}

function sentences(
  { active, other, swap, confirmed }: Truth,
  { target }: Hashes,
): [string, string, boolean][] {
  const whole = other?.hash === target && other.bootable;
  return [
    ['uploaded', 'it is whole and not marked', whole && swap === 'none'],
    ['perhaps_tried', 'it is whole and not marked', whole && swap === 'none'],
    ['pending', 'it is whole and marked', whole && swap === 'test'],
    ['pending_for_good', 'it is whole and to stay', whole && swap === 'perm'],
    ['partial', 'it is not whole', !whole],
    ['partial_unknown', 'it is not whole', !whole],
    ['untouched', 'it is not there', !whole],
    ['unconfirmed', 'it is on trial', active?.hash === target && !confirmed],
  ];
}
