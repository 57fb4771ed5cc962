/** The data folder's move: what goes along, what is used where it is, and that nothing is lost on the way. */
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { destinationIn, isShared, moveData, overlaps } from '../../electron/move-data.ts';
import { openRecords } from '../../native-bridge/records/records.ts';
import { noteMove, usualDataFolder } from '../../native-bridge/records/moved-folder.ts';
import { startChild } from '../records/support.ts';

function folder(files: Readonly<Record<string, string>> = {}): string {
  const made = mkdtempSync(join(tmpdir(), 'pos-bench-move-'));
  onTestFinished(() => rmSync(made, { recursive: true, force: true }));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(made, path, '..'), { recursive: true });
    writeFileSync(join(made, path), text);
  }
  return made;
}

/** The app's usual folder and another, which the app uses now; in it what a data folder holds. */
function benchFolders() {
  const usual = folder();
  const from = folder({
    'records.db': 'cases',
    'images/a.bin': 'image',
    'window/window.json': '{}',
    'window/Cache/data': 'x',
  });
  return { usual, from, chosen: folder() };
}

const fresh = (chosen: string) => ({ folder: join(chosen, 'pos-bench'), hasRecords: false });
const modeOf = (path: string) => statSync(path).mode & 0o777;

test('cases, images and the window’s size go along; locks and Chromium’s own stay', async () => {
  const { usual, from, chosen } = benchFolders();
  const to = fresh(chosen);
  expect(await moveData(from, to, usual)).toBe('moved');
  expect(readFileSync(join(to.folder, 'records.db'), 'utf8')).toBe('cases');
  expect(readFileSync(join(to.folder, 'images/a.bin'), 'utf8')).toBe('image');
  expect(readdirSync(join(to.folder, 'window'))).toEqual(['window.json']);
  expect(existsSync(join(to.folder, 'locks'))).toBe(false);
  expect(existsSync(join(from, 'records.db'))).toBe(true);
  expect(usualDataFolder(usual)).toBe(to.folder);
});

test('nobody else can look into the new folder, whoever can look into the chosen one', async () => {
  const { usual, from, chosen } = benchFolders();
  chmodSync(chosen, 0o755);
  const to = destinationIn(chosen);
  expect(to).toEqual(fresh(chosen));
  await moveData(from, fresh(chosen), usual);
  expect(modeOf(join(chosen, 'pos-bench'))).toBe(0o700);

  const earlier = folder({ 'records.db': '' });
  chmodSync(earlier, 0o755);
  await moveData(benchFolders().from, { folder: earlier, hasRecords: true }, usual);
  expect(modeOf(earlier)).toBe(0o700);
});

test('a link to a file is copied as a file, one to a folder leads where it led', async () => {
  const { usual, from, chosen } = benchFolders();
  const elsewhere = folder({ 'photo.jpg': 'photo', key: 'key' });
  symlinkSync(elsewhere, join(from, 'photos'));
  symlinkSync(join(elsewhere, 'key'), join(from, 'key'));
  symlinkSync('/nowhere', join(from, 'dangling'));
  await moveData(from, fresh(chosen), usual);
  const { folder: to } = fresh(chosen);
  expect(readFileSync(join(to, 'photos/photo.jpg'), 'utf8')).toBe('photo');
  expect(lstatSync(join(to, 'key')).isFile()).toBe(true);
  expect(existsSync(join(to, 'dangling'))).toBe(false);
});

test('a copy that was cut off is no data folder, and the next one takes its place', async () => {
  const { usual, from, chosen } = benchFolders();
  const half = join(chosen, 'pos-bench.partial');
  mkdirSync(half);
  writeFileSync(join(half, 'records.db'), 'half of the ca');
  expect(destinationIn(chosen)).toEqual(fresh(chosen));
  await moveData(from, fresh(chosen), usual);
  expect(readFileSync(join(chosen, 'pos-bench/records.db'), 'utf8')).toBe('cases');
  expect(readdirSync(chosen)).toEqual(['pos-bench']);
});

test('where a file can’t be copied nothing is left, and the usual folder knows of no move', async () => {
  const { usual, from, chosen } = benchFolders();
  // What stands where the copy should be is no folder.
  writeFileSync(join(chosen, 'pos-bench'), 'a file');
  await expect(moveData(from, fresh(chosen), usual)).rejects.toThrow(/ENOTDIR/);
  expect(readdirSync(chosen)).toEqual(['pos-bench']);
  expect(usualDataFolder(usual)).toBe(usual);
});

test('where the move can’t be noted the copy goes again, and the records can be opened', async () => {
  const { from, chosen } = benchFolders();
  const blocked = join(folder({ file: '' }), 'file', 'usual');
  await expect(moveData(from, fresh(chosen), blocked)).rejects.toThrow(/EEXIST/);
  expect(readdirSync(chosen)).toEqual([]);
  rmSync(join(from, 'records.db'));
  await (await openRecords({ dataFolder: from })).close();
});

test('a chosen folder gets one of its own inside; one with records is used as it is', () => {
  expect(destinationIn(folder())?.hasRecords).toBe(false);
  const photos = folder({ 'photo.jpg': '', 'pos-bench/other': '', 'pos-bench-2/records.db': '' });
  expect(destinationIn(photos)).toEqual({ folder: join(photos, 'pos-bench-2'), hasRecords: true });
  const earlier = folder({ 'records.db': '' });
  expect(destinationIn(earlier)).toEqual({ folder: earlier, hasRecords: true });
  const missing = join(folder(), 'not', 'there');
  expect(destinationIn(missing)).toEqual(fresh(missing));
  expect(existsSync(missing)).toBe(false);
});

test('a folder inside the other is no place to go to, also where a link leads inside', () => {
  expect(overlaps('/data/a', '/data/a/b')).toBe(true);
  expect(overlaps('/data/a/b', '/data/a')).toBe(true);
  expect(overlaps('/data/a', '/data/ab')).toBe(false);
  const { from, chosen } = benchFolders();
  symlinkSync(join(from, 'images'), join(chosen, 'link'));
  expect(overlaps(join(chosen, 'link', 'pos-bench'), from)).toBe(true);
});

test('records that another program has open stay where they are, until it ends', async () => {
  const { usual, from, chosen } = benchFolders();
  rmSync(join(from, 'records.db'));
  const child = startChild('hold-lock.ts', [from, 'terminal']);
  expect(await child.line()).toBe('held');
  expect(await moveData(from, fresh(chosen), usual)).toBe('in-use');
  expect(readdirSync(chosen)).toEqual([]);
  child.process.kill('SIGKILL');
  await child.ended;
  // What it left names a process that runs, as when its number was given to another.
  nameHolders(join(from, 'locks'), 1);
  expect(await moveData(from, fresh(chosen), usual)).toBe('moved');
});

test('records of this program, whose bridge has not ended, are in use as well', async () => {
  const { usual, from, chosen } = benchFolders();
  rmSync(join(from, 'records.db'));
  const records = await openRecords({ dataFolder: from });
  expect(await moveData(from, fresh(chosen), usual)).toBe('in-use');
  await records.close();
  expect(await moveData(from, fresh(chosen), usual)).toBe('moved');
});

test('only a program other than the bridge shares the records, and only while it runs', async () => {
  const { from } = benchFolders();
  rmSync(join(from, 'records.db'));
  const bridge = startChild('hold-lock.ts', [from, 'terminal']);
  expect(await bridge.line()).toBe('held');
  const bridgePid = bridge.process.pid ?? 0;
  expect(isShared(from, bridgePid)).toBe(false);
  const shell = startChild('hold-lock.ts', [from, 'another terminal']);
  expect(await shell.line()).toBe('held');
  expect(isShared(from, bridgePid)).toBe(true);
  shell.process.kill('SIGKILL');
  await shell.ended;
  expect(isShared(from, bridgePid)).toBe(false);
});

test('what was left behind can’t be opened by a program that starts right after', async () => {
  const { usual, from, chosen } = benchFolders();
  rmSync(join(from, 'records.db'));
  await moveData(from, fresh(chosen), usual);
  const refused = openRecords({ dataFolder: from, timeoutMs: 500 });
  await expect(refused).rejects.toThrow(/^(?:terminal-owned|records-busy) /);
});

test('app and shell find the data where it went, and at home again when it is moved back', async () => {
  const usual = folder();
  expect(usualDataFolder(usual)).toBe(usual);
  await noteMove('/elsewhere/pos-bench', usual);
  expect(usualDataFolder(usual)).toBe('/elsewhere/pos-bench');
  expect(readdirSync(usual)).toEqual(['moved-to.json']);
  await noteMove(usual, usual);
  expect(usualDataFolder(usual)).toBe(usual);
});

test.each([
  ['is empty', ''],
  ['is cut off', '{"folder":"/else'],
  ['names no absolute folder', '{"folder":"here"}'],
])('a note that %s is not taken for none', (_what, content) => {
  const usual = folder({ 'moved-to.json': content });
  expect(() => usualDataFolder(usual)).toThrow(
    expect.objectContaining({
      code: 'moved-note-unreadable',
      facts: { file: join(usual, 'moved-to.json') },
    }),
  );
});

test('a note that can’t be read is not taken for none', () => {
  const usual = folder();
  mkdirSync(join(usual, 'moved-to.json'));
  expect(() => usualDataFolder(usual)).toThrow(
    expect.objectContaining({ code: 'moved-note-unreadable' }),
  );
});

function nameHolders(locks: string, pid: number): void {
  const files = readdirSync(locks).filter((name) => name.endsWith('.json'));
  expect(files.length).toBeGreaterThan(0);
  for (const name of files) {
    const file = join(locks, name);
    const holder = JSON.parse(readFileSync(file, 'utf8')) as object;
    writeFileSync(file, JSON.stringify({ ...holder, pid }));
  }
}
