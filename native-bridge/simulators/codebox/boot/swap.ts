/**
 * Swapping the two slots sector by sector (MCUboot design, "Image swapping" and "Reset recovery").
 * Every step is erased, copied and then written down in the swap status, and can be done again
 * from the start until it was: so a swap that lost its power anywhere goes on at the next boot.
 * What was begun, and how far, is read from the flash alone.
 */
import type { Flash } from './flash.ts';
import { SECTOR_BYTES } from './nor-flash.ts';
import { swapByMoving } from './swap-move.ts';
import { swapByOffset } from './swap-offset.ts';
import { swapByScratch } from './swap-scratch.ts';
import type { SwapType } from './trailer.ts';

export type Swap = Exclude<SwapType, 'none'>;

export interface SwapJob {
  readonly type: Swap;
  /** Of the larger image. */
  readonly sizeBytes: number;
  /** Steps that are over; 0 for one that has only been announced, or not even that. */
  readonly stepsDone: number;
  /** The primary slot's trailer already announces it. */
  readonly announced: boolean;
}

/** The swap that lost its power on the way; null where none did. */
export function interruptedSwap(flash: Flash): SwapJob | null {
  const { primary, secondary, scratch } = flash;
  const state = primary.trailer.read();
  if (scratch?.trailer.read().magic === 'good') {
    // Nothing has moved yet: the primary slot's trailer was being made ready.
    return job(scratch.trailer.read(), 0, false);
  }
  const announced = state.magic === 'good' && state.copyDone === 'unset';
  if (!announced) return null;
  if (scratch === null && secondary.trailer.read().magic === 'good') return null;
  return job(state, primary.trailer.statusEnd, true);
}

function job(
  state: { readonly swapType: SwapType; readonly swapSizeBytes: number | null },
  stepsDone: number,
  announced: boolean,
): SwapJob | null {
  const { swapType: type, swapSizeBytes: sizeBytes } = state;
  if (type === 'none' || sizeBytes === null) return null;
  return { type, sizeBytes, stepsDone, announced };
}

export function swapSlots(flash: Flash, swap: SwapJob): void {
  switch (flash.mode) {
    case 'swap-scratch':
      swapByScratch(flash, swap);
      break;
    case 'swap-offset':
      swapByOffset(flash, swap);
      break;
    default:
      swapByMoving(flash, swap);
  }
  finish(flash, swap.type);
}

/** The last of a swap: a trial is left unconfirmed, so that the next boot takes it back. */
function finish({ primary: { trailer } }: Flash, type: Swap): void {
  if (type !== 'test' && trailer.read().imageOk === 'unset') trailer.writeImageOk();
  trailer.writeCopyDone();
}

/** Erases and programs that a whole swap of so many bytes takes. */
export function swapOperations(flash: Flash, sizeBytes: number): number {
  const sectors = Math.ceil(sizeBytes / SECTOR_BYTES);
  const copies = flash.mode === 'swap-offset' ? 2 : 3;
  return sectors * copies * OPERATIONS_A_COPY + OPERATIONS_OF_TRAILERS;
}

/** An erase, four kilobytes in pieces of one, a status record. */
const OPERATIONS_A_COPY = 6;
/** Before the first sector and after the last. */
const OPERATIONS_OF_TRAILERS = 8;
