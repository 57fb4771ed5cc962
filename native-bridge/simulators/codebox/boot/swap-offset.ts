/**
 * Swap using offset: the new image was stored one sector up in the secondary slot, so that each
 * sector of the old one finds room below it. A revert goes the other way, from the end.
 */
import type { Flash } from './flash.ts';
import { SECTOR_BYTES } from './nor-flash.ts';
import type { SwapJob } from './swap.ts';

export function swapByOffset(flash: Flash, swap: SwapJob): void {
  const { primary, secondary } = flash;
  const sectors = Math.ceil(swap.sizeBytes / SECTOR_BYTES);
  const reverts = swap.type === 'revert';
  if (swap.stepsDone === 0) begin(flash, swap);
  const step = (record: number, act: () => void): void => {
    if (record < swap.stepsDone) return;
    act();
    primary.trailer.writeStatus(record);
  };
  for (let index = 0; index < sectors; index += 1) {
    const sector = reverts ? sectors - 1 - index : index;
    const [to, from] = reverts ? [sector + 1, sector] : [sector, sector + 1];
    step(2 * index, () => {
      secondary.area.erase(to);
      secondary.area.copySector(primary.area, sector, to);
    });
    step(2 * index + 1, () => {
      primary.area.erase(sector);
      primary.area.copySector(secondary.area, from, sector);
    });
  }
  // What is left of the old image's beginning must not be taken for an image.
  if (reverts) secondary.area.erase(0);
}

function begin({ primary, secondary }: Flash, swap: SwapJob): void {
  if (swap.type === 'revert' && secondary.trailer.read().magic === 'unset') {
    // As in swap-move.ts; "copy done" there tells it from an image that waits for its trial.
    secondary.trailer.erase();
    secondary.trailer.writeCopyDone();
    secondary.trailer.begin('revert', swap.sizeBytes, false);
  }
  if (!swap.announced) {
    const requested = secondary.trailer.read();
    primary.trailer.erase();
    primary.trailer.begin(swap.type, swap.sizeBytes, requested.imageOk === 'set');
  }
  secondary.trailer.erase();
}
