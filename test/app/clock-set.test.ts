/**
 * The computer's clock is set while the window is open (a flat battery, then the network's time). Here
 * the page's is set; the bridge's is in test/operations/clock-set.test.ts.
 */
import { expect, test } from 'vitest';
import { loseBridge } from './bridge-held.ts';
import { connect, plugIn } from './code-box.ts';
import { startApp, type RunningApp } from './harness.ts';
import { bothLanguages, picture, usual } from './pictures.ts';

const clockChanges = [86_400, -3_600];

/** By so many seconds from the real one. */
async function setClock({ page }: RunningApp, bySeconds: number): Promise<void> {
  await page.evaluate((byMs) => {
    const kept = globalThis as unknown as { realDate?: DateConstructor };
    const real = (kept.realDate ??= Date);
    class SetDate extends real {
      constructor(...given: readonly unknown[]) {
        super(...((given.length === 0 ? [SetDate.now()] : given) as [number]));
      }
      static override now(): number {
        return real.now() + byMs;
      }
    }
    globalThis.Date = SetDate as DateConstructor;
  }, bySeconds * 1000);
}

test('a clock that is set makes no reading older, and none younger', async () => {
  const app = await startApp();
  const { at, page } = app;
  await connect(app, await plugIn());
  await expect.poll(() => at('read-again').isEnabled()).toBe(true);
  // What is followed comes anew, with the bridge's time, which is not set here.
  await at('follow-switch').click();
  const ages = page.locator('[data-testid^="reading-"] .age');
  await expect.poll(() => ages.count(), { timeout: 90_000 }).toBeGreaterThan(3);
  for (const bySeconds of clockChanges) {
    await setClock(app, bySeconds);
    await picture(app, `clock-set-${bySeconds}`, usual, bothLanguages);
    const said = await ages.allTextContents();
    expect(said.length).toBeGreaterThan(3);
    expect(said.filter((age) => !/^[1-4] min ago$/.test(age.trim()))).toEqual([]);
  }
  expect(app.complaints).toEqual([]);
}, 180_000);

test('what is waited for counts on evenly, whatever the clock is set to', async () => {
  const app = await startApp();
  const { at } = app;
  await connect(app, await plugIn());
  const restart = await loseBridge(app);
  const seconds = async () => Number(/for (\d+) s/.exec(await at('bridge-down').innerText())?.[1]);
  for (const bySeconds of clockChanges) {
    await setClock(app, bySeconds);
    const before = await seconds();
    expect(before).toBeLessThan(60);
    await expect.poll(seconds).toBeGreaterThan(before);
  }
  await restart();
  await at('reconnect').click();
  await at('disconnect').waitFor();
}, 120_000);
