/** Payment codes: what one says, and how it stands to a terminal. */
export { compareQr } from './against.ts';
export { inspectQr } from './inspect.ts';
