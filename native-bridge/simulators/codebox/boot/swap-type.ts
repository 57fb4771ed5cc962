/** What the trailers of both slots ask of the next boot (MCUboot design, "Image trailers"). */
import type { SwapType, TrailerState } from './trailer.ts';

export function swapType(primary: TrailerState, secondary: TrailerState): SwapType {
  if (secondary.magic === 'good') {
    // With swap using offset: a revert that is about to begin (swap-offset.ts).
    if (secondary.copyDone === 'set' && secondary.imageOk === 'unset') return 'revert';
    if (secondary.imageOk === 'unset') return 'test';
    if (secondary.imageOk === 'set') return 'perm';
  }
  const onTrial =
    primary.magic === 'good' && primary.imageOk === 'unset' && primary.copyDone === 'set';
  return onTrial && secondary.magic === 'unset' ? 'revert' : 'none';
}
