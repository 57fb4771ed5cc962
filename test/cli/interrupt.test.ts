/** Ctrl-C: what runs is stopped where that is safe, and otherwise says what it waits for. */
import { describe, expect, it, vi } from 'vitest';
import { run, sampleFirmware, simulate, start, temporaryFolder } from './support.ts';

vi.setConfig({ testTimeout: 120_000 });

const image = sampleFirmware('codebox-2.0.0.bin');
const flashing = (url: string, data: string) =>
  start(['firmware', 'flash', image, '--port', url, '--yes', '--data', data]);

describe('Ctrl-C', () => {
  it('ends a simulated terminal well', async () => {
    const running = start(['simulate', '--data', temporaryFolder()]);
    await running.said('Ctrl-C ends it');
    running.interrupt();
    expect((await running.ended).code).toBe(0);
  });

  it('ends a console well', async () => {
    const { url, data } = await simulate();
    const running = start(['console', url, '--data', data]);
    await running.said('Ctrl-C ends');
    running.interrupt();
    expect((await running.ended).code).toBe(0);
  });

  it('stops an upload: the terminal runs what it ran', async () => {
    const { url, data } = await simulate([], ['--baud', '115200']);
    const running = flashing(url, data);
    await running.said('4/10');
    running.interrupt();
    const { code, stdout, stderr } = await running.ended;
    expect(stderr).toContain('Stopping safely');
    expect(stdout).toContain('Nothing changed');
    expect(stdout).toContain('1.9.9');
    expect(code).toBe(5);
    const after = await run(['identify', url, '--data', data]);
    expect(after.stdout).toMatch(/Firmware +1\.9\.9/);
  });

  it('does not stop a restart: it says what it waits for, and the flash is proved', async () => {
    const { url, data } = await simulate(['swap-slow']);
    const running = flashing(url, data);
    await running.said('7/10');
    running.interrupt();
    await running.said("Can't stop now");
    running.interrupt();
    await running.said(/Can't stop now[^]*Can't stop now/);
    const { code, stdout } = await running.ended;
    expect(stdout).toContain('2.0.0');
    expect(code).toBe(0);
  });

  it('on a port that stays silent ends at once', async () => {
    const { url, data } = await simulate(['silent']);
    const running = start(['identify', url, '--data', data]);
    await running.said('Identifying');
    running.interrupt();
    expect((await running.ended).code).toBe(5);
  });
});

describe('the console', () => {
  it('gives typed lines to the device’s shell, and ends with its input', async () => {
    const { url, data } = await simulate();
    const { code, stdout } = await run(['console', url, '--data', data], { input: 'net iface\n' });
    expect(stdout).toContain('IPv4:');
    expect(code).toBe(0);
  });
});

describe('two programs at once', () => {
  it('the second is told who has the terminal', async () => {
    const { url, data } = await simulate();
    const first = start(['console', url, '--data', data]);
    await first.said('Ctrl-C ends');
    const { code, stderr } = await run(['identify', url, '--data', data]);
    expect(stderr).toMatch(/pos-bench \(process \d+\) is working on this terminal/);
    expect(stderr).toContain('terminal-owned');
    expect(code).toBe(3);
  });
});
