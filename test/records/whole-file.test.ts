/** A file is there whole or not at all, however many write it at once and whoever is killed. */
import { mkdtemp, mkdir, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { writeFirstFile, writeWholeFile } from '../../native-bridge/records/whole-file.ts';
import { openFor, startChild, temporaryFolder } from './support.ts';

async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'pos-bench-whole-'));
  onTestFinished(() => rm(path, { recursive: true }));
  return path;
}

it('one file that is written several times at once is one of them, and nothing else is left', async () => {
  const here = await folder();
  const contents = ['a', 'b', 'c', 'd'].map((letter) => letter.repeat(100_000));
  await Promise.all(contents.map((content) => writeWholeFile(join(here, 'image.bin'), content)));
  expect(await readdir(here)).toEqual(['image.bin']);
  expect(contents).toContain(await readFile(join(here, 'image.bin'), 'utf8'));
});

it('of several that write one for the first time at once the first has it, whole, and nothing else is left', async () => {
  const here = await folder();
  const file = join(here, 'key');
  const contents = ['a', 'b', 'c', 'd'].map((letter) => letter.repeat(100_000));
  await Promise.all(contents.map((content) => writeFirstFile(file, content, 0o600)));
  const first = await readFile(file, 'utf8');
  expect(contents).toContain(first);
  await writeFirstFile(file, 'later', 0o600);
  expect(await readFile(file, 'utf8')).toBe(first);
  expect(await readdir(here)).toEqual(['key']);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
});

it('where it can’t be written says so', async () => {
  const file = join(await folder(), 'no', 'key');
  await expect(writeFirstFile(file, 'x', 0o600)).rejects.toMatchObject({ code: 'ENOENT' });
});

const daysAgo = (days: number): Date => new Date(Date.now() - days * 24 * 60 * 60 * 1000);

it('what a program killed in the middle of a write left goes once it is a day old', async () => {
  const data = temporaryFolder();
  const images = join(data, 'images');
  await mkdir(images);
  const child = startChild('write-file.ts', [join(images, 'image.bin')]);
  await child.line();
  child.process.kill('SIGKILL');
  await child.ended;
  const [partial = ''] = await readdir(images);
  expect(partial).toMatch(/^image\.bin\..+\.new$/);

  await (await openFor(data)).close();
  expect(await readdir(images)).toEqual([partial]);

  await utimes(join(images, partial), daysAgo(1.1), daysAgo(1.1));
  await (await openFor(data)).close();
  expect(await readdir(images)).toEqual([]);
});

it('nothing else goes, however old it is', async () => {
  const data = temporaryFolder();
  const images = join(data, 'images');
  const id = '0f3c2a9e-8d41-4b6a-9f57-2f6c1d0e7a55';
  const folderOfThatName = `image.bin.${id}.new`;
  await mkdir(join(images, folderOfThatName), { recursive: true });
  const names = ['image.bin', 'image.bin.new', `image.bin.${id}`, `${id}.new`];
  for (const name of names) await writeFile(join(images, name), 'x');
  await writeFile(join(data, folderOfThatName), 'x');
  for (const path of [...names, folderOfThatName].map((name) => join(images, name))) {
    await utimes(path, daysAgo(400), daysAgo(400));
  }
  await utimes(join(data, folderOfThatName), daysAgo(400), daysAgo(400));
  await openFor(data);
  expect((await readdir(images)).sort()).toEqual([...names, folderOfThatName].sort());
  expect(await readdir(data)).toContain(folderOfThatName);
});
