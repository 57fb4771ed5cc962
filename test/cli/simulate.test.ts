/** `simulate --model`: which simulated terminal, and which faults it can have. */
import { describe, expect, it, vi } from 'vitest';
import { documentOf, run, simulate, temporaryFolder } from './support.ts';

vi.setConfig({ testTimeout: 60_000 });

describe('simulate --model counter', () => {
  it('is a terminal with a scanner, which can have a scanner’s faults', async () => {
    const { url, data } = await simulate(['scanner-dead'], ['--baud', '0', '--model', 'counter']);
    const { result } = documentOf(
      await run(['read', url, 'identity.model', 'scanner', '--json', '--data', data]),
    );
    const { readings } = result as { readings: { name: string; value: unknown }[] };
    const valueOf = (name: string) => readings.find((reading) => reading.name === name)?.value;
    expect(valueOf('identity.model')).toBe('CT-500');
    expect(valueOf('scanner.selfTest')).toBe('failed (no answer)');
  });
});

describe('simulate --model at-900', () => {
  it('is a terminal with Android, which answers to ADB', async () => {
    const { url, data } = await simulate(['battery-hot'], ['--model', 'at-900']);
    expect(url).toMatch(/^adb:/);
    const { result } = documentOf(
      await run(['read', url, 'identity.model', 'battery.celsius', '--json', '--data', data]),
    );
    expect(result).toMatchObject({
      readings: [
        { name: 'identity.model', value: 'AT-900' },
        { name: 'battery.celsius', value: 58.2 },
      ],
    });
  });

  it.each([['--pty'], ['--uplink', 'cellular']])(
    'is on no serial line: %s is refused',
    async (...more) => {
      const asked = ['simulate', '--model', 'at-900', ...more, '--data', temporaryFolder()];
      const { code, stderr } = await run(asked);
      expect(stderr).toContain('at-900');
      expect(code).toBe(2);
    },
  );
});

it('a fault that the model can’t have is refused before anything starts', async () => {
  const { code, stderr } = await run([
    'simulate',
    '--fault',
    'scanner-dead',
    '--data',
    temporaryFolder(),
  ]);
  expect(stderr).toContain("Can't simulate scanner-dead");
  expect(code).toBe(2);
});

it('--list-faults of one model leaves out those of the others', async () => {
  const list = ['simulate', '--list-faults', '--json', '--data', temporaryFolder()];
  const named = async (...more: string[]) =>
    (documentOf(await run([...list, ...more])).result as { faults: { name: string }[] }).faults.map(
      ({ name }) => name,
    );
  expect(await named('--model', 'codebox')).not.toContain('scanner-dead');
  expect(await named()).toContain('scanner-dead');
});
