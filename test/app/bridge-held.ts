/** The bridge away for as long as a test looks at the window without it. */
import { expect } from 'vitest';
import type { RunningApp } from './harness.ts';

/** The timer of the host that starts the bridge again, and the real one it stands in for. */
interface Held {
  real: typeof setTimeout;
  restart: (() => void) | null;
}
const restartsAfterMs = 250;

/** Kills the bridge's process; it is started again when the function that this resolves with is called. */
export async function loseBridge(app: RunningApp): Promise<() => Promise<void>> {
  const { electron, page, at } = app;
  await electron.evaluate((_, leastMs) => {
    const held: Held = { real: globalThis.setTimeout, restart: null };
    const hold = (run: () => void, ms = 0, ...more: unknown[]): unknown => {
      if (ms < leastMs) return held.real(run, ms, ...more);
      held.restart = run;
      globalThis.setTimeout = held.real;
      return null;
    };
    globalThis.setTimeout = hold as unknown as typeof setTimeout;
    Object.assign(globalThis, { heldRestart: held });
  }, restartsAfterMs);
  process.kill(await app.bridgePid(), 'SIGKILL');
  await at('bridge-down').waitFor();
  return async () => {
    const isHeld = () =>
      electron.evaluate(
        () => (globalThis as unknown as { heldRestart: Held }).heldRestart.restart !== null,
      );
    await expect.poll(isHeld).toBe(true);
    await electron.evaluate(() =>
      (globalThis as unknown as { heldRestart: Held }).heldRestart.restart?.(),
    );
    await at('bridge-down').waitFor({ state: 'detached' });
    await page.locator('[data-testid="terminal-list"][data-state="live"]').waitFor();
  };
}
