/** Every mishap at every moment of a flash of a dead terminal: only serial recovery answers. */
import { describe } from 'vitest';
import { neverInRecovery } from './recovery-cells.ts';
import { runMatrix } from './run-matrix.ts';

describe('a flash', () => {
  runMatrix({
    name: 'single slot, serial recovery',
    stage: { bootloaderMode: 'single-slot', recoveryList: 'hash', dead: true },
    never: neverInRecovery,
  });
});
