/** The other ways a boot loader takes an image: what depends on them, at the moments that do. */
import { describe } from 'vitest';
import { mishaps, moments } from './cells.ts';
import { runMatrix } from './run-matrix.ts';

const afterBackup = moments.slice(moments.findIndex(({ name }) => name === 'transfer at 50 %'));
const wanted = [
  'cable pulled',
  'device reset',
  'power lost',
  'power lost for a moment',
  'power lost five flash operations later',
  'program killed',
  'reply lost',
  'lies about the stored hash',
  'stores a wrong byte',
];
const some = mishaps.filter(({ name }) => wanted.includes(name));

describe('a flash', () => {
  for (const bootloaderMode of ['swap-scratch', 'swap-offset', 'overwrite-only'] as const) {
    runMatrix({
      name: bootloaderMode,
      stage: { bootloaderMode },
      moments: afterBackup,
      mishaps: some,
    });
  }
  for (const recoveryList of ['hash', 'bare'] as const) {
    runMatrix({
      name: `serial recovery, list ${recoveryList}`,
      stage: { bootloaderMode: 'single-slot', recoveryList, dead: true },
      moments: afterBackup,
      mishaps: some,
      never: {
        activate: 'the recovery writes to the slot that starts; there is nothing to mark',
        'swap, middle': 'nothing is swapped',
        'swap, late': 'nothing is swapped',
      },
    });
  }
});
