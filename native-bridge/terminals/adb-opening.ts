/**
 * Whether anybody may be guided into opening ADB on a model: only where its profile says that it can
 * be undone, and that is proven. On some payment models opening it ends their trading mode for good.
 */
import type { AdbOpening } from '../contract/profile.ts';
import type { Profile } from './profile.ts';

/** null: no Android terminal. */
export function adbOpening({ debugMode, recognition }: Profile): AdbOpening | null {
  if (debugMode === null) return recognition.android.size > 0 ? 'unknown' : null;
  if (!debugMode.reversible) return 'ends-trading';
  return debugMode.fact.proven ? 'reversible' : 'unproven';
}
