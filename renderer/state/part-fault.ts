/** The fault of a part of the window (a view, a language) whose file could not be loaded. */
import type { Fault } from '../../native-bridge/contract/fault.ts';

export const partFault = (error: unknown): Fault => ({
  code: 'window-part-missing',
  facts: {},
  trace: [String(error)],
});
