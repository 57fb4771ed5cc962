/** Group 63: Zephyr's own. */
export { eraseStorage } from './erase-storage.ts';
