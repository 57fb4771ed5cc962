/** The data folder's move: what goes along, what is used where it is, and that nothing is lost on the way. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { copyData, destinationIn, isShared, overlaps } from '../../electron/move-data.ts';
import { noteMove, usualDataFolder } from '../../native-bridge/records/moved-folder.ts';

function folder(files: Readonly<Record<string, string>> = {}): string {
  const made = mkdtempSync(join(tmpdir(), 'pos-bench-move-'));
  onTestFinished(() => rmSync(made, { recursive: true, force: true }));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(made, path, '..'), { recursive: true });
    writeFileSync(join(made, path), text);
  }
  return made;
}

test('cases, images and the window’s size go along; locks and Chromium’s own stay', async () => {
  const from = folder({
    'records.db': 'cases',
    'images/a.bin': 'image',
    'locks/x.lock': '',
    'window/window.json': '{}',
    'window/Cache/data': 'x',
  });
  const to = folder();
  await copyData(from, to);
  expect(readFileSync(join(to, 'records.db'), 'utf8')).toBe('cases');
  expect(readFileSync(join(to, 'images/a.bin'), 'utf8')).toBe('image');
  expect(existsSync(join(to, 'window/window.json'))).toBe(true);
  expect(['locks/x.lock', 'window/Cache/data'].map((path) => existsSync(join(to, path)))).toEqual([
    false,
    false,
  ]);
  expect(existsSync(join(from, 'records.db'))).toBe(true);
});

test('an empty folder is taken as it is, one with other things gets a folder of its own inside', () => {
  const empty = folder();
  expect(destinationIn(empty)).toEqual({ folder: empty, hasRecords: false });
  const photos = folder({ 'photo.jpg': '' });
  expect(destinationIn(photos)).toEqual({ folder: join(photos, 'pos-bench'), hasRecords: false });
  const earlier = folder({ 'records.db': '' });
  expect(destinationIn(earlier)).toEqual({ folder: earlier, hasRecords: true });
});

test('a folder inside the other is no place to go to', () => {
  expect(overlaps('/data/a', '/data/a/b')).toBe(true);
  expect(overlaps('/data/a/b', '/data/a')).toBe(true);
  expect(overlaps('/data/a', '/data/ab')).toBe(false);
});

test('another program that runs on the folder is seen, one that ended is not', () => {
  const lock = (pid: number) => JSON.stringify({ name: 'x', pid, program: 'cli', sinceUtc: '' });
  expect(isShared(folder({ 'locks/a.json': lock(1) }))).toBe(true);
  expect(isShared(folder({ 'locks/a.json': lock(process.pid) }))).toBe(false);
  expect(isShared(folder({ 'locks/a.json': lock(2 ** 30) }))).toBe(false);
});

test('app and shell find the data where it went, and at home again when it is moved back', () => {
  const usual = folder();
  expect(usualDataFolder(usual)).toBe(usual);
  noteMove('/elsewhere/pos-bench', usual);
  expect(usualDataFolder(usual)).toBe('/elsewhere/pos-bench');
  noteMove(usual, usual);
  expect(usualDataFolder(usual)).toBe(usual);
  writeFileSync(join(usual, 'moved-to.json'), '{"folder":"not absolute"}');
  expect(usualDataFolder(usual)).toBe(usual);
});
