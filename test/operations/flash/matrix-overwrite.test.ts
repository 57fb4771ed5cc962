/** Every mishap at every moment where the boot loader has no way back: it writes over what runs. */
import { describe } from 'vitest';
import { runMatrix } from './run-matrix.ts';

describe('a flash', () => {
  runMatrix({ name: 'overwrite-only', stage: { bootloaderMode: 'overwrite-only' } });
});
