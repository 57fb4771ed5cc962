/** Payment codes: what one says, and how it stands to a terminal, to time and to others. */
export { compareQr } from './against.ts';
export type { Moments } from './against-time.ts';
export { inspectQr } from './inspect.ts';
export { compareCodes } from './several.ts';
