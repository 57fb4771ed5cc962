/** The program is killed in the middle of a flash and started again: it knows, says so, and goes on. */
import { describe, expect, it, vi } from 'vitest';
import { run, sampleFirmware, simulate, start } from './support.ts';

vi.setConfig({ testTimeout: 180_000 });

const image = sampleFirmware('codebox-2.0.0.bin');

describe('a flash whose program is killed', () => {
  it.each([
    ['while it sends', '4/10', ['--baud', '460800']],
    ['while the terminal restarts', '7/10', ['--baud', '0']],
  ])('%s ends well when it is started again', async (_when, phase, line) => {
    const { url, data } = await simulate([], line);
    const flash = ['firmware', 'flash', image, '--port', url, '--yes', '--data', data];
    const killed = start(flash);
    await killed.said(phase);
    killed.kill();
    await killed.ended;
    const again = await run(flash);
    const after = await run(['identify', url, '--data', data]);
    expect(after.stdout).toMatch(/Firmware +2\.0\.0/);
    const history = await run(['history', '--data', data]);
    expect(history.stdout).toMatch(/Flashed/);
    // The second run either sent the rest, or found that nothing was left to do.
    expect([0, 4]).toContain(again.code);
  });
});
