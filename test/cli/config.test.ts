/** Settings from the shell: three ways side by side, backed up, put back, undone by their id. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { documentOf, run, simulate, temporaryFolder, type Box } from './support.ts';

vi.setConfig({ testTimeout: 120_000 });

const config = async ({ url, data }: Box, command: string, ...args: string[]) =>
  await run(['config', command, url, ...args, '--data', data]);

const json = async (box: Box, command: string, ...args: string[]) =>
  documentOf(await config(box, command, ...args, '--json'));

/** Changed, backed up before it. */
async function changed(): Promise<Box & { readonly file: string }> {
  const box = await simulate();
  const file = join(temporaryFolder(), 'shop.json');
  expect(await json(box, 'backup', '--out', file)).toMatchObject({
    exitCode: 0,
    result: { backup: { settings: 19, unread: 0, reason: 'asked' }, file },
  });
  expect((await config(box, 'apply', 'qr.mode=static')).code).toBe(0);
  return { ...box, file };
}

const corrections = z.object({
  corrections: z.array(
    z.object({ id: z.string(), outcome: z.string(), undoneUtc: z.string().nullable() }),
  ),
});

describe('config', () => {
  it('diff shows terminal, last backup and expected value side by side, in words; exit 1', async () => {
    const box = await changed();
    const shop = ['--merchant', box.merchant];
    const { code, stdout } = await config(box, 'diff', ...shop, '--lang', 'zh-CN');
    const row = stdout.split('\n').find((line) => line.includes('静态码'));
    expect(stdout).toMatch(/现在\s.*上次备份\s.*应为/u);
    expect(row).toMatch(/静态码（static）.*动态码（dynamic）.*动态码（dynamic）/u);
    expect(stdout).not.toContain('商户名称');
    expect(stdout).toContain(`pos-bench config apply ${box.url} qr.mode`);
    expect(code).toBe(1);
    const all = await config(box, 'diff', ...shop, '--all', '--lang', 'zh-CN');
    expect(all.stdout).toContain('商户名称');
  });

  it('diff counts what was lost where nothing is expected, and says how to restore it', async () => {
    const box = await changed();
    const { code, stdout } = await config(box, 'diff');
    expect(stdout).toContain(`pos-bench config restore ${box.url} --keys qr.mode`);
    expect(code).toBe(1);
  });

  it('restore puts back the newest backup, and undo of its id takes that back', async () => {
    const box = await changed();
    expect(await json(box, 'restore', '--yes')).toMatchObject({
      exitCode: 0,
      result: { restored: ['qr.mode'], failed: [], reenter: ['wifi.password'] },
    });
    expect((await config(box, 'diff')).code).toBe(0);
    const history = await json(box, 'history');
    const [restored, applied] = corrections.parse(history.result).corrections;
    expect(restored?.outcome).toBe('applied');
    const undone = await json(box, 'undo', applied?.id ?? '', '--overwrite');
    expect(undone).toMatchObject({ exitCode: 0, result: { outcome: 'undone' } });
    const { stdout } = await config(box, 'history', '--lang', 'zh-CN');
    expect(stdout).toContain('从备份恢复');
    expect(stdout).toContain('撤销');
    expect(stdout).toContain('之后已撤销');
    expect(stdout).toContain(restored?.id);
  });

  it('restore takes a file, and names before it writes what it is that can’t be restored', async () => {
    const { file, ...box } = await changed();
    const { code, stdout } = await config(box, 'restore', file, '--yes', '--keys', 'qr.mode');
    expect(stdout).toContain('From the backup of');
    expect(stdout).toContain('To undo: pos-bench config undo');
    expect(code).toBe(0);
    const again = await config(box, 'restore', file, '--yes');
    expect(again.stdout).toContain('All 19 settings are as in the backup');
  });

  it('restore asks; where nobody can be asked it wants --yes, and touches nothing', async () => {
    const box = await changed();
    const { code, stderr } = await config(box, 'restore');
    expect(stderr).toContain('--yes');
    expect(code).toBe(2);
    expect((await config(box, 'diff')).stdout).toContain('static');
  });

  it('restore refuses another terminal’s backup unless that is said', async () => {
    const { file, ...box } = await changed();
    const other = readFileSync(file, 'utf8').replace('"CB2025030017"', '"CB2025039999"');
    writeFileSync(file, other);
    const { code, stderr } = await config(box, 'restore', file, '--yes');
    expect(stderr).toContain(
      'The backup is of serial number CB2025039999, this terminal is CB2025030017',
    );
    expect(stderr).toContain('--other-terminal');
    expect(code).toBe(4);
    const allowed = await config(box, 'restore', file, '--yes', '--other-terminal');
    expect(allowed.stdout).toContain('wifi.password');
    expect(allowed.code).toBe(0);
  });

  it('restore refuses what is no backup in one sentence, also in Chinese', async () => {
    const { file, ...box } = await changed();
    writeFileSync(file, '{}');
    const { code, stderr } = await config(box, 'restore', file, '--yes', '--lang', 'zh-CN');
    expect(stderr).toContain('shop.json 不是参数备份，或写出后被改动过');
    expect(code).toBe(4);
  });

  it('backup without a place to write says so; the backup itself is kept', async () => {
    const box = await simulate();
    const { code, stderr } = await config(box, 'backup', '--out', '/nope/shop.json');
    expect(stderr).toContain('/nope/shop.json');
    expect(code).toBe(2);
    expect((await json(box, 'history')).result).toMatchObject({ backups: [{ settings: 19 }] });
  });

  it('leave of what was never cut off is a usage fault', async () => {
    const ran = await run(['config', 'leave', 'none', '--json', '--data', temporaryFolder()]);
    expect(documentOf(ran)).toMatchObject({ exitCode: 2, fault: { code: 'bad-request' } });
  });
});

describe('history close', () => {
  it('ends the case: what follows is one of its own', async () => {
    const box = await changed();
    const closed = await run(['history', 'close', 'last', '--data', box.data]);
    expect(closed).toMatchObject({ code: 0 });
    expect(closed.stdout).toMatch(/Case \S+ closed/);
    await config(box, 'undo');
    const { result } = documentOf(await run(['history', '--json', '--data', box.data]));
    expect(result).toMatchObject({ cases: [{ closedUtc: null }, { closedUtc: /Z$/ }] });
  });
});
