/** Real files and real mounts: a process killed in mid-write, a newer or damaged file, no room, no rights. */
import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { migrations } from '../../native-bridge/records/schema.ts';
import { openDatabase, scalar } from '../../native-bridge/records/sqlite.ts';
import { atUtc, openFor, openedCase, startChild, temporaryFolder } from './support.ts';

// Processes of their own start within each test; on a busy machine that takes its time.
vi.setConfig({ testTimeout: 60_000 });

const asRoot = process.getuid?.() === 0;
const nobody = 65534;

describe('a process killed while it writes', () => {
  it.each([1, 2, 3])(
    'loses no event it was told is kept, and leaves none by halves (%i)',
    async () => {
      const folder = temporaryFolder();
      const records = await openFor(folder);
      const { caseId } = await openedCase(records);
      const child = startChild('write-events.ts', [folder, caseId]);
      let kept = -1;
      while (kept < 20) kept = Number(await child.line());
      child.process.kill('SIGKILL');
      await child.ended;
      await records.close();

      const after = await openFor(folder);
      const { events } = await after.getCase(caseId);
      expect(events.length).toBeGreaterThan(kept);
      events.forEach((event, index) => {
        const length = 1 + ((index * 7919) % 9000);
        expect(event).toMatchObject({ text: `${index} ${'x'.repeat(length)}` });
      });
      await after.close();
      const database = openDatabase(join(folder, 'records.db'), 1000);
      expect(scalar(database, 'PRAGMA integrity_check')).toBe('ok');
      database.close();
    },
  );
});

describe('two processes at once', () => {
  it('both start on an empty folder', async () => {
    const folder = temporaryFolder();
    const children = [1, 2, 3].map(() => startChild('open.ts', [folder]));
    const said = await Promise.all(children.map((child) => child.line()));
    expect(said.map((line) => (JSON.parse(line) as { code: string }).code)).toEqual(
      children.map(() => 'ok'),
    );
  });

  it('write to one case without losing an event', async () => {
    const folder = temporaryFolder();
    const records = await openFor(folder);
    const { caseId } = await openedCase(records);
    const children = [1, 2].map(() => startChild('write-events.ts', [folder, caseId, '40']));
    const ends = await Promise.all(children.map((child) => child.ended));
    expect(ends.map((end) => end.code)).toEqual([0, 0]);
    expect((await records.getCase(caseId)).events).toHaveLength(80);
  });
});

describe('a database', () => {
  it('of a newer program is refused and left as it is', async () => {
    const folder = temporaryFolder();
    await (await openFor(folder)).close();
    const file = join(folder, 'records.db');
    const database = openDatabase(file, 1000);
    database.exec(`PRAGMA user_version = ${migrations.length + 1}`);
    database.close();
    const before = readFileSync(file);
    await expect(openFor(folder)).rejects.toMatchObject({
      code: 'records-newer',
      facts: { file, found: migrations.length + 1, expected: migrations.length },
    });
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  it('that is no database is called damaged and left as it is', async () => {
    const folder = temporaryFolder();
    const file = join(folder, 'records.db');
    writeFileSync(file, 'not a database '.repeat(1000));
    await expect(openFor(folder)).rejects.toMatchObject({
      code: 'records-damaged',
      facts: { file },
    });
    expect(readFileSync(file, 'utf8')).toContain('not a database');
  });

  it('of another program is called damaged and left as it is', async () => {
    const folder = temporaryFolder();
    const file = join(folder, 'records.db');
    const database = openDatabase(file, 1000);
    database.exec('CREATE TABLE theirs (x)');
    database.close();
    await expect(openFor(folder)).rejects.toMatchObject({ code: 'records-damaged' });
  });

  it('with pages overwritten is called damaged at the start', async () => {
    const folder = temporaryFolder();
    const records = await openFor(folder);
    const { caseId } = await openedCase(records);
    for (let index = 0; index < 50; index++) {
      await records.appendEvent(caseId, { kind: 'note', atUtc, text: 'n'.repeat(3000) });
    }
    await records.close();
    const file = join(folder, 'records.db');
    const bytes = readFileSync(file);
    bytes.fill(0x5a, 8192, bytes.length - 4096);
    writeFileSync(file, bytes);
    await expect(openFor(folder)).rejects.toMatchObject({
      code: 'records-damaged',
      facts: { file },
    });
  });
});

describe('a data folder', () => {
  it('where a file stands is unwritable', async () => {
    const file = join(temporaryFolder(), 'taken');
    writeFileSync(file, '');
    await expect(openFor(file)).rejects.toMatchObject({
      code: 'data-folder-unwritable',
      facts: { folder: file },
    });
  });

  it.runIf(process.platform === 'linux')(
    'that the system will not make is unwritable',
    async () => {
      const folder = '/proc/pos-bench/data';
      await expect(openFor(folder)).rejects.toMatchObject({ code: 'data-folder-unwritable' });
    },
  );

  it('without rights is unwritable for a user who is not root', async () => {
    const folder = temporaryFolder();
    await (await openFor(folder)).close();
    chmodSync(folder, 0o555);
    const user = asRoot ? { uid: nobody, gid: nobody } : {};
    const said = JSON.parse(await startChild('open.ts', [folder], user).line()) as unknown;
    expect(said).toEqual({ code: 'data-folder-unwritable', facts: { folder } });
  });

  it('whose files may only be read is unwritable', async () => {
    const folder = temporaryFolder();
    await (await openFor(folder)).close();
    const locks = join(folder, 'locks');
    if (asRoot) for (const path of [folder, locks]) chownSync(path, nobody, nobody);
    chmodSync(join(folder, 'records.db'), 0o444);
    const user = asRoot ? { uid: nobody, gid: nobody } : {};
    execFileSync('sh', ['-c', 'chmod 666 "$1"/locks/*', 'sh', folder]);
    const said = JSON.parse(await startChild('open.ts', [folder], user).line()) as unknown;
    expect(said).toEqual({ code: 'data-folder-unwritable', facts: { folder } });
  });
});

const canMount = asRoot && process.platform === 'linux';
if (!canMount) console.log('not run: a full disk (needs root on Linux to mount a small one)');

describe.runIf(canMount)('a full disk', () => {
  function smallDisk(kibibytes: number): string {
    const folder = join(temporaryFolder(), 'disk');
    mkdirSync(folder);
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${kibibytes}k`, 'tmpfs', folder]);
    onTestFinished(() => void execFileSync('umount', ['-l', folder]));
    return folder;
  }

  it('is named when an event finds no room, and nothing of it is kept', async () => {
    const folder = smallDisk(1024);
    const records = await openFor(folder);
    const { caseId } = await openedCase(records);
    let written = 0;
    const fill = async () => {
      for (;;) {
        const text = `${written} ${'z'.repeat(20_000)}`;
        await records.appendEvent(caseId, { kind: 'note', atUtc, text });
        written++;
      }
    };
    await expect(fill()).rejects.toMatchObject({ code: 'disk-full', facts: { folder } });
    expect((await records.getCase(caseId)).events).toHaveLength(written);
  });

  it('is named when records can’t even begin', async () => {
    const folder = smallDisk(16);
    await expect(openFor(folder)).rejects.toMatchObject({ code: 'disk-full', facts: { folder } });
  });
});
