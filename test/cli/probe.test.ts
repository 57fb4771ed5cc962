/** `probe` and `simulate acquirer`: a host asked from the shell, where it fails, and what next. */
import { describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { requests } from '../../native-bridge/contract/requests.ts';
import { documentOf, run, start, temporaryFolder } from './support.ts';

vi.setConfig({ testTimeout: 120_000 });

const startedSchema = z.object({ result: requests.startAcquirer.result });

async function acquirer(...faults: string[]) {
  const flags = faults.flatMap((fault) => ['--fault', fault]);
  const running = start(['simulate', 'acquirer', '--json', '--data', temporaryFolder(), ...flags]);
  const { result } = startedSchema.parse(JSON.parse(await running.said(/\n}\n/)));
  const ask = [
    'probe',
    result.hostUrl,
    '--ca',
    result.caFile,
    '--samples',
    '2',
    '--interval',
    '20',
  ];
  const known = ['--known', `${result.knownUrl}=known answer`];
  return { running, args: [...ask, ...known, '--data', temporaryFolder()] };
}

describe('probe', () => {
  it('of a host that is well shows its steps and ends with 0', async () => {
    const { args } = await acquirer();
    const { code, stdout } = await run(args);
    expect(stdout).toMatch(/✓ 127\.0\.0\.1 can be reached from this computer/);
    expect(stdout).toMatch(/clock agrees/);
    expect(code).toBe(0);
  });

  it('of a host that fails names the step, where the fault lies and what next, in both languages', async () => {
    const { args } = await acquirer('host:certificate-expired');
    const english = await run(args);
    expect(english.stdout).toMatch(/✕ 127\.0\.0\.1 itself is at fault/);
    expect(english.stdout).toMatch(/Next: Send these lines to the acquirer/);
    expect(english.code).toBe(1);
    const chinese = await run([...args, '--lang', 'zh-CN']);
    expect(chinese.stdout).toMatch(/证书已于 .* 过期/);
    expect(chinese.stdout).toMatch(/下一步：把这些结果发给收单机构/);
  });

  it('with --json prints one document of the contract’s shape', async () => {
    const { args } = await acquirer('known:portal-page', 'host:hangs');
    const ran = await run([...args, '--timeout', '3000', '--json']);
    expect(ran.stderr).toBe('');
    const document = documentOf(ran);
    expect(document).toMatchObject({ command: 'probe', ok: true, exitCode: 1 });
    expect(requests.probeHost.result.parse(document.result)).toMatchObject({
      failedAt: 'http',
      place: 'portal',
    });
  });

  it('ends at once at Ctrl-C', async () => {
    const { args } = await acquirer('host:hangs');
    const running = start([...args, '--timeout', '60000']);
    await running.said('TLS');
    running.interrupt();
    expect((await running.ended).code).toBe(5);
  });

  it.each([
    [['probe']],
    [['probe', 'pay host']],
    [['probe', 'pay.example.com/../x y']],
    [['probe', 'a_b!c']],
    [['probe', 'x:99999']],
    [['probe', 'pay.example.com', '--samples', '101']],
    [['probe', 'pay.example.com', '--known', 'https://known.example=204']],
    [['probe', 'pay.example.com', '--resolver', 'dns.example.com']],
    [['simulate', 'nonsense']],
    [['simulate', 'acquirer', '--pty']],
    [['simulate', 'acquirer', '--fault', 'host:nonsense']],
  ])('%j is a usage error', async (args) => {
    expect((await run([...args, '--data', temporaryFolder()])).code).toBe(2);
  });

  it('with a CA that is none says which file', async () => {
    const args = ['probe', '127.0.0.1:9', '--ca', '/etc/hostname', '--data', temporaryFolder()];
    const { code, stderr } = await run(args);
    expect(stderr).toContain('hostname');
    expect(code).toBe(2);
  });
});

describe('simulate acquirer', () => {
  it('lists its faults in the language asked for', async () => {
    const args = ['simulate', 'acquirer', '--list-faults', '--data', temporaryFolder()];
    expect((await run(args)).stdout).toContain('connections are refused');
    expect((await run([...args, '--lang', 'zh-CN'])).stdout).toContain('证书三天前过期');
    const { result } = documentOf(await run([...args, '--json']));
    expect(requests.listAcquirerFaults.result.parse(result).faults.length).toBeGreaterThan(40);
  });

  it('ends well at Ctrl-C', async () => {
    const { running } = await acquirer();
    running.interrupt();
    expect((await running.ended).code).toBe(0);
  });
});
