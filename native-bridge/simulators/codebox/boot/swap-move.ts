/**
 * Swap using move: the primary slot's image is moved up by one sector, from its end; then, from its
 * beginning, each sector takes the secondary slot's, and gives the moved one there.
 */
import type { Flash } from './flash.ts';
import { SECTOR_BYTES } from './nor-flash.ts';
import type { SwapJob } from './swap.ts';

export function swapByMoving(flash: Flash, swap: SwapJob): void {
  const { primary, secondary } = flash;
  const sectors = Math.ceil(swap.sizeBytes / SECTOR_BYTES);
  if (swap.stepsDone === 0) begin(flash, swap);
  const step = (record: number, act: () => void): void => {
    if (record < swap.stepsDone) return;
    act();
    primary.trailer.writeStatus(record);
  };
  for (let moved = 0; moved < sectors; moved += 1) {
    const to = sectors - moved;
    step(moved, () => {
      primary.area.erase(to);
      primary.area.copySector(primary.area, to - 1, to);
    });
  }
  const row = primary.trailer.rowRecords;
  for (let sector = 0; sector < sectors; sector += 1) {
    step(row + 2 * sector, () => {
      primary.area.erase(sector);
      primary.area.copySector(secondary.area, sector, sector);
    });
    step(row + 2 * sector + 1, () => {
      secondary.area.erase(sector);
      secondary.area.copySector(primary.area, sector + 1, sector);
    });
  }
}

/** The request moves from the secondary slot's trailer into the primary's. */
function begin({ primary, secondary }: Flash, swap: SwapJob): void {
  if (swap.type === 'revert' && secondary.trailer.read().magic === 'unset') {
    // Only the primary's trailer asks for a revert, and it is to be erased: so the secondary's
    // first asks for the same, as an update for good.
    secondary.trailer.erase();
    secondary.trailer.begin('perm', swap.sizeBytes, true);
  }
  if (!swap.announced) {
    const requested = secondary.trailer.read();
    primary.trailer.erase();
    primary.trailer.begin(swap.type, swap.sizeBytes, requested.imageOk === 'set');
  }
  secondary.trailer.erase();
}
