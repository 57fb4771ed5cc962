/** Every command this program speaks. */
export { echo } from './os/echo.ts';
export { parameters } from './os/parameters.ts';
export { imageStateRead } from './image/state-read.ts';
