/** Training: a terminal without hardware, from the command line or from the window. */
import { expect, test } from 'vitest';
import { startApp } from './harness.ts';

test('--training attaches a simulated terminal at start', async () => {
  const { page } = await startApp({ args: ['--training'] });
  await page.locator('[data-testid="terminal-card"][data-connected="true"]').waitFor();
});

test('the training button attaches one and shows its readings', async () => {
  const { at } = await startApp();
  await at('training').first().click();
  await at('reading-battery.levelPercent').waitFor();
  expect(await at('reading-value-battery.levelPercent').textContent()).toMatch(/83\s*%/);
});
