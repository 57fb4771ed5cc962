/** A simulated code box outside the app, on a pseudo terminal: a terminal on a cable, for the app. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { onTestFinished } from 'vitest';
import { distFolder } from '../../build/paths.ts';
import type { RunningApp } from './harness.ts';

const programs = join(distFolder, 'node');
/** The update it is due. */
export const updateImage = join(programs, 'firmware', 'codebox-2.0.0.bin');
/** What its shop should have. */
export const merchantFile = join(programs, 'profiles', 'training-merchant.yaml');

export interface CodeBox {
  readonly url: string;
  /** A control message (simulators/codebox/README.md); returns its answer. */
  tell(message: object): Promise<Record<string, unknown>>;
}

/** Runs the older firmware, on a line of 921,600 baud or over TCP. `more`: further options of the simulator. */
export async function plugIn(
  faults: readonly string[] = [],
  more: readonly string[] = [],
): Promise<CodeBox> {
  const child = spawn(process.execPath, [
    join(programs, 'codebox-simulator.js'),
    ...(more.some((option) => option.startsWith('--tcp')) ? [] : ['--pty', '--baud=921600']),
    '--swap-ms=800',
    `--firmware=${join(programs, 'firmware', 'codebox-1.9.9-older.bin')}`,
    `--key=${join(programs, 'firmware', 'training-key.pub.pem')}`,
    ...(faults.length === 0 ? [] : [`--faults=${faults.join(',')}`]),
    ...more,
  ]);
  onTestFinished(async () => {
    const ended = once(child, 'exit');
    child.stdin.end();
    await ended;
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async () => {
    const { value, done } = await lines.next();
    if (done) throw new Error('the simulator ended');
    return JSON.parse(value) as Record<string, unknown>;
  };
  const ready = await next();
  if (typeof ready['url'] !== 'string') throw new Error(JSON.stringify(ready));
  return {
    url: ready['url'],
    tell: async (message) => {
      child.stdin.write(`${JSON.stringify(message)}\n`);
      return await next();
    },
  };
}

/** Connects by its address, as one does with a port that no profile knows; waits for the readings. */
export async function connect({ at, page }: RunningApp, box: Pick<CodeBox, 'url'>): Promise<void> {
  await at('manual-address').fill(box.url);
  await at('manual-connect').click();
  // Whoever looks at something else before it is there stays with that.
  const place = box.url.replace(/^[a-z]+:\/\/|\?.*$/g, '');
  await page
    .locator('[data-testid="terminal-card"][data-selected="true"]', { hasText: place })
    .waitFor();
  await at('terminal-header').waitFor();
  // What was looked at last time is looked at again.
  await at('tab-overview').click();
  await at('reading-battery.levelPercent').waitFor();
  // All are read once it can be asked for again.
  await at('read-again').and(page.locator(':enabled')).waitFor();
}
