import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { openFor, startChild, temporaryFolder } from './support.ts';

// Processes of their own start within each test; on a busy machine that takes its time.
vi.setConfig({ testTimeout: 60_000 });

const name = 'port serial:///dev/ttyUSB0';

describe('a lock', () => {
  it('has one holder within a process', async () => {
    const folder = temporaryFolder();
    const one = await openFor(folder, { program: 'app' });
    const two = await openFor(folder);
    await one.acquire(name);
    await expect(one.acquire(name)).rejects.toMatchObject({ code: 'terminal-owned' });
    await expect(two.acquire(name)).rejects.toMatchObject({
      code: 'terminal-owned',
      facts: { name, program: 'app', holder: 'POS Bench', pid: process.pid },
    });
  });

  it('leaves other names free', async () => {
    const records = await openFor(temporaryFolder());
    await records.acquire(name);
    await expect(records.acquire('port tcp://127.0.0.1:7000')).resolves.toBeDefined();
  });

  it('is free after its release, and a late second release frees nobody else’s', async () => {
    const records = await openFor(temporaryFolder());
    const first = await records.acquire(name);
    await first.release();
    await records.acquire(name);
    await first.release();
    await expect(records.acquire(name)).rejects.toMatchObject({ code: 'terminal-owned' });
  });

  it('of another process names it, and dies with it', async () => {
    const folder = temporaryFolder();
    const records = await openFor(folder);
    const child = startChild('hold-lock.ts', [folder, name]);
    expect(await child.line()).toBe('held');
    await expect(records.acquire(name)).rejects.toMatchObject({
      code: 'terminal-owned',
      facts: { holder: 'other', program: 'other', pid: child.process.pid },
    });
    child.process.kill('SIGKILL');
    await child.ended;
    await expect(records.acquire(name)).resolves.toMatchObject({ name });
  });

  it('keeps another process out', async () => {
    const folder = temporaryFolder();
    const records = await openFor(folder);
    await records.acquire(name);
    expect(await startChild('hold-lock.ts', [folder, name]).line()).toBe('terminal-owned');
  });

  it('ends with the records that took it', async () => {
    const folder = temporaryFolder();
    const first = await openFor(folder);
    const held = await first.acquire(name);
    await first.close();
    await held.release();
    await expect((await openFor(folder)).acquire(name)).resolves.toBeDefined();
  });

  it('of a killed process leaves no holder behind after the next start', async () => {
    const folder = temporaryFolder();
    const child = startChild('hold-lock.ts', [folder, name]);
    await child.line();
    child.process.kill('SIGKILL');
    await child.ended;
    await (await openFor(folder)).close();
    const life = readdirSync(join(folder, 'locks')).filter((file) => file.endsWith('.json'));
    expect(life).toHaveLength(1);
  });
});
