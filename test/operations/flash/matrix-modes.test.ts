/** The other ways a boot loader takes an image: what depends on them, at the moments that do. */
import { describe } from 'vitest';
import { mishaps, moments } from './cells.ts';
import { neverInRecovery } from './recovery-cells.ts';
import { runMatrix } from './run-matrix.ts';

const afterBackup = moments.slice(moments.findIndex(({ name }) => name === 'transfer at 50 %'));
/** They leave the flash in another state, or somebody who did not see it change. */
const wanted = [
  'cable pulled',
  'power lost',
  'power lost for a moment',
  'power lost five flash operations later',
  'program killed',
  'other device in its place, unnoticed',
  'stores a wrong byte',
];
const part = {
  moments: afterBackup,
  mishaps: mishaps.filter(({ name }) => wanted.includes(name)),
  leftOut:
    'up to the middle of the transfer nothing depends on how the image starts; the other events ' +
    'are of the line and of the computer. All of them run with swap, overwrite-only and recovery',
};
const nothingMoves = { 'swap, middle': 'nothing is moved', 'swap, late': 'nothing is moved' };

describe('a flash', () => {
  for (const bootloaderMode of ['swap-scratch', 'swap-offset'] as const) {
    runMatrix({ name: bootloaderMode, stage: { bootloaderMode }, ...part });
  }
  for (const bootloaderMode of ['direct-xip-revert', 'direct-xip', 'ram-load'] as const) {
    runMatrix({ name: bootloaderMode, stage: { bootloaderMode }, never: nothingMoves, ...part });
  }
  for (const recoveryList of ['bare', 'state'] as const) {
    runMatrix({
      name: `serial recovery, list ${recoveryList}`,
      stage: { bootloaderMode: 'single-slot', recoveryList, dead: true },
      never: neverInRecovery,
      ...part,
    });
  }
});
