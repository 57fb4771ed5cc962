/** Swap using scratch: sector by sector from the end, the secondary's by way of the scratch area. */
import type { Flash } from './flash.ts';
import { SECTOR_BYTES } from './nor-flash.ts';
import type { SwapJob } from './swap.ts';

export function swapByScratch(flash: Flash, swap: SwapJob): void {
  const { primary, secondary, scratch } = flash;
  if (scratch === null) throw new Error('no scratch area');
  const sectors = Math.ceil(swap.sizeBytes / SECTOR_BYTES);
  if (swap.stepsDone === 0) begin(flash, swap);
  const step = (record: number, act: () => void): void => {
    if (record < swap.stepsDone) return;
    act();
    primary.trailer.writeStatus(record);
  };
  for (let index = 0; index < sectors; index += 1) {
    const sector = sectors - 1 - index;
    step(3 * index, () => {
      scratch.area.erase(0);
      scratch.area.copySector(secondary.area, sector, 0);
    });
    step(3 * index + 1, () => {
      secondary.area.erase(sector);
      secondary.area.copySector(primary.area, sector, sector);
      if (index === 0) secondary.trailer.erase();
    });
    step(3 * index + 2, () => {
      primary.area.erase(sector);
      primary.area.copySector(scratch.area, 0, sector);
    });
  }
}

/** The scratch area says what is going on while the primary slot's trailer is made ready. */
function begin({ primary, secondary, scratch }: Flash, swap: SwapJob): void {
  if (scratch === null) return;
  const confirmed = secondary.trailer.read().imageOk === 'set';
  // It may already say so from before a power loss, and then be all that does.
  if (scratch.trailer.read().magic !== 'good') {
    scratch.area.erase(0);
    scratch.trailer.begin(swap.type, swap.sizeBytes, confirmed);
  }
  primary.trailer.erase();
  primary.trailer.begin(swap.type, swap.sizeBytes, confirmed);
  scratch.area.erase(0);
}
