/** `read --statistics`: the counters of a terminal's own firmware, in the shell. */
import { describe, expect, it, vi } from 'vitest';
import { requests } from '../../native-bridge/contract/requests.ts';
import { startDevice, statisticsScript } from '../support/statistics-device.ts';
import { documentOf, run, simulate, temporaryFolder } from './support.ts';

vi.setConfig({ testTimeout: 60_000 });

const read = async (url: string, ...more: string[]) =>
  await run(['read', url, '--statistics', '--data', temporaryFolder(), ...more]);

describe('read --statistics', () => {
  it('prints one table by group, and as JSON the contract’s shape', async () => {
    const box = await simulate();
    const { code, stdout } = await read(box.url);
    expect(stdout).toMatch(/│ battery +│/);
    expect(stdout).toMatch(/│ {3}cycles +│ +\d+ │/);
    expect(code).toBe(0);
    const document = documentOf(await read(box.url, '--json'));
    expect(document).toMatchObject({ command: 'read', ok: true, exitCode: 0 });
    const { groups } = requests.readStatistics.result.parse(document.result);
    expect(groups.map(({ name }) => name)).toContain('sys');
  });

  it.each([
    ['en', 'This terminal keeps no statistics'],
    ['zh-CN', '这台终端没有统计'],
  ])('of a terminal without any says so in %s, exit 0', async (lang, sentence) => {
    const device = await startDevice((request, terminal) => terminal.reply(request, { rc: 8 }));
    const { code, stdout } = await read(device.url, '--lang', lang);
    expect(stdout).toContain(sentence);
    expect(code).toBe(0);
  });

  it('groups large counters, says what can’t be read, and lets no name move the cursor', async () => {
    const fields = { 'rx\u001b[2J\u202eerr': 2n ** 64n - 1n };
    const script = statisticsScript(['x', 'gone'], (name) =>
      name === 'x' ? { name, fields } : { err: { group: 2, rc: 2 } },
    );
    const { code, stdout } = await read((await startDevice(script)).url);
    expect(stdout).toContain('18,446,744,073,709,551,615');
    expect(stdout).toContain('rxerr');
    expect(stdout).toContain('? ');
    // eslint-disable-next-line no-control-regex -- this is what must not be there
    expect(stdout).not.toMatch(/\u001b|\u202e/);
    expect(code).toBe(0);
  });

  it('is exit 3 where not one group could be read', async () => {
    const script = statisticsScript(['x'], () => ({ err: { group: 2, rc: 2 } }));
    expect((await read((await startDevice(script)).url)).code).toBe(3);
  });

  it('takes no names', async () => {
    const { code, stderr } = await run(['read', 'COM7', 'battery', '--statistics']);
    expect(stderr).toContain('expected no names beside it');
    expect(code).toBe(2);
  });
});
