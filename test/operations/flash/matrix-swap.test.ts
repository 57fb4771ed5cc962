/** Every mishap at every moment of a flash whose boot loader swaps without a scratch area. */
import { describe } from 'vitest';
import { mishaps, moments } from './cells.ts';
import { runMatrix } from './run-matrix.ts';

describe('a flash', () => {
  runMatrix({ name: 'swap', stage: { bootloaderMode: 'swap' }, moments, mishaps });
});
