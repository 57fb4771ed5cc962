/** Factory packages: what they ask, what they flash and in which order. */
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import {
  parseAndroidInfo,
  unmetRequirements,
  variablesAskedBy,
  type Told,
} from '../../../native-bridge/firmware/fastboot/android-info.ts';
import {
  imagesWithin,
  outerTasks,
  planFactory,
} from '../../../native-bridge/firmware/fastboot/factory-package.ts';
import { parseFastbootInfo } from '../../../native-bridge/firmware/fastboot/flash-tasks.ts';
import { inspectFactory } from '../../../native-bridge/firmware/fastboot/inspect-factory.ts';
import { unpackEntry } from '../../../native-bridge/firmware/fastboot/unpack.ts';
import { ZipArchive } from '../../../native-bridge/firmware/zip/zip-archive.ts';
import { inMemory, resultOf } from '../../support/in-memory.ts';
import { makeZip, type ZipPart } from '../../support/make-zip.ts';

const folder = mkdtempSync(join(tmpdir(), 'pos-bench-factory-'));
afterAll(() => rmSync(folder, { recursive: true }));
const because = (reason: string) =>
  expect.objectContaining({ facts: expect.objectContaining({ reason }) as unknown }) as Error;

function told(values: Record<string, string>, partitions: string[] = []): Told {
  const there = new Map(partitions.map((name) => [name, {}]));
  return {
    product: values['product'] ?? null,
    values: new Map(Object.entries(values)),
    partitions: there,
  };
}

describe('requirements', () => {
  const unmet = (text: string, of: Told) =>
    unmetRequirements(parseAndroidInfo(text), of).map(({ name }) => name);

  test.each([
    ['require product=m1|m2', { product: 'm2' }, []],
    ['require product=m1|m2', { product: 'm3' }, ['product']],
    ['require product=m1', { product: 'm10' }, ['product']],
    ['require product=m1*', { product: 'm10' }, []],
    ['require board=m1', { product: 'm1' }, []],
    ['product=m1', { product: 'm2' }, ['product']],
    ['require version-bootloader=1.0', { product: 'm1' }, ['version-bootloader']],
    ['reject version-bootloader=1.0|1.1', { 'version-bootloader': '1.1' }, ['version-bootloader']],
    ['reject version-bootloader=1.0', { 'version-bootloader': '2.0' }, []],
    ['reject version-bootloader=1.0', { 'version-bootloader': '' }, []],
    ['reject version-bootloader=1.0', {}, ['version-bootloader']],
    ['require-for-product:m1 version-baseband=7', { product: 'm1' }, ['version-baseband']],
    ['require-for-product:m1 version-baseband=7', { product: 'm2' }, []],
    ['# a note\n\n  require   product =  m1 | m2  \r\n', { product: 'm2' }, []],
  ] as [string, Record<string, string>, string[]][])('%j against %j', (text, values, expected) => {
    expect(unmet(text, told(values))).toEqual(expected);
  });

  test('may ask for a partition', () => {
    expect(unmet('require partition-exists=vendor', told({}, ['vendor_a']))).toEqual([]);
    expect(unmet('require partition-exists=vendor', told({}, ['boot']))).toEqual([
      'partition-exists',
    ]);
  });

  test.each([
    ['yes', []],
    ['no', []],
    ['', ['partition-exists']],
  ])('take has-slot answered with %j for the partition they ask for', (answer, expected) => {
    expect(unmet('require partition-exists=tee', told({ 'has-slot:tee': answer }))).toEqual(
      expected,
    );
  });

  test('name what has to be asked where it is not listed', () => {
    const text = 'require product=m1\nreject hw=1\nrequire partition-exists=tee|boot';
    expect(variablesAskedBy(parseAndroidInfo(text))).toEqual(['product', 'hw', 'has-slot:tee']);
  });

  test('that can’t be read refuse the package', () => {
    expect(() => parseAndroidInfo('require product m1')).toThrow(because('requirements'));
  });
});

describe('tasks of a package', () => {
  const everything = { has: () => true };
  const kinds = (text: string, entries = everything) =>
    parseFastbootInfo(text, entries).map((task) =>
      task.kind === 'restart' ? `to ${task.into}` : task.kind,
    );

  test('are read in its order', () => {
    const text = `# made by a build
version 1
flash boot
flash --apply-vbmeta vbmeta
flash --slot-other system system_other.img
reboot fastboot
update-super
if-wipe erase userdata`;
    expect(parseFastbootInfo(text, everything)).toEqual([
      { kind: 'flash', partition: 'boot', image: 'boot.img', slot: 'this', ifWiping: false },
      { kind: 'flash', partition: 'vbmeta', image: 'vbmeta.img', slot: 'this', ifWiping: false },
      {
        kind: 'flash',
        partition: 'system',
        image: 'system_other.img',
        slot: 'other',
        ifWiping: false,
      },
      { kind: 'restart', into: 'fastboot' },
      { kind: 'update-super', image: 'super_empty.img' },
      { kind: 'erase', partition: 'userdata', ifWiping: true },
    ]);
  });

  test.each([
    '',
    'version 2',
    'version 1\noem unlock',
    'version 1\nflash a:b',
    'version 1\nflash --force x',
    'version 1\nreboot',
  ])('%j are refused', (text) => {
    expect(() => parseFastbootInfo(text, everything)).toThrow(because('tasks'));
  });

  test('go to fastbootd of themselves for the table of partitions', () => {
    const after = 'version 1\nflash boot\nupdate-super\nflash system';
    expect(kinds(after)).toEqual(['flash', 'to fastboot', 'update-super', 'flash']);
    const back = 'version 1\nreboot fastboot\nreboot bootloader\nupdate-super';
    expect(kinds(back)).toEqual(['to fastboot', 'to bootloader', 'to fastboot', 'update-super']);
  });

  test('leave a table as it is that the package does not bring', () => {
    const text = 'version 1\nreboot fastboot\nupdate-super\nflash system';
    expect(kinds(text, { has: () => false })).toEqual(['to fastboot', 'flash']);
    const inPlace = 'version 1\nflash boot\nupdate-super\nflash vbmeta';
    expect(kinds(inPlace, { has: () => false })).toEqual(['flash', 'flash']);
  });
});

describe('a package', () => {
  const info: ZipPart = { name: 'android-info.txt', content: 'require board=m1\n' };
  const images = (...names: string[]): ZipPart[] =>
    names.map((name) => ({ name: `${name}.img`, content: name.repeat(100), deflate: true }));
  const open = (...parts: ZipPart[]) => ZipArchive.open(inMemory(makeZip(parts)));

  test('without tasks starts with what starts the terminal, and never erases unasked', async () => {
    const { tasks } = await planFactory(
      await open(info, ...images('system', 'userdata', 'vbmeta', 'boot', 'super_empty', 'notes')),
    );
    const shown = tasks.map((task) =>
      task.kind === 'flash' ? `${task.partition}${task.ifWiping ? ' if wiping' : ''}` : task.kind,
    );
    expect(shown).toEqual([
      'boot',
      'vbmeta',
      'restart',
      'update-super',
      'system',
      'userdata if wiping',
    ]);
  });

  test('without tasks brings the device tree and what is for the other slot by their own names', async () => {
    const names = ['boot', 'dt', 'dts', 'system', 'system_other', 'vendor_other'];
    const { tasks } = await planFactory(await open(info, ...images(...names)));
    const shown = tasks.flatMap((task) =>
      task.kind === 'flash' ? `${task.image} to ${task.slot} ${task.partition}` : [],
    );
    expect(shown).toEqual([
      'boot.img to this boot',
      'dt.img to this dts',
      'system.img to this system',
      'system_other.img to other system',
      'vendor_other.img to other vendor',
    ]);
  });

  test('without a super partition stays in the boot loader', async () => {
    const { tasks } = await planFactory(await open(info, ...images('boot', 'system')));
    expect(tasks.map(({ kind }) => kind)).toEqual(['flash', 'flash']);
  });

  test('that names no model is refused', async () => {
    const zip = await open({ name: 'android-info.txt', content: '' }, ...images('boot'));
    await expect(planFactory(zip)).rejects.toEqual(because('requirements'));
  });

  test('without what its tasks flash is refused', async () => {
    const tasks = { name: 'fastboot-info.txt', content: 'version 1\nflash boot\nflash dtbo\n' };
    await expect(planFactory(await open(info, tasks, ...images('boot')))).rejects.toEqual(
      because('entry-missing'),
    );
    await expect(planFactory(await open(info))).rejects.toEqual(because('no-images'));
  });

  test('inside a vendor’s zip is found, with boot loader and radio beside it', async () => {
    const inner = makeZip([info, ...images('boot')]);
    const outer = await open(
      { name: 'm1-1/flash-all.sh', content: '#!/bin/sh' },
      { name: 'm1-1/bootloader-m1-2.0.img', content: 'b' },
      { name: 'm1-1/radio-m1-7.img', content: 'r' },
      { name: 'm1-1/image-m1-1.zip', content: inner },
    );
    const name = imagesWithin(outer);
    expect(name).toBe('m1-1/image-m1-1.zip');
    const zip = await ZipArchive.open(await outer.storedFile(name ?? ''));
    expect((await planFactory(zip)).images).toEqual([{ entry: 'boot.img', sizeBytes: 400 }]);
    expect(outerTasks(outer).map((task) => ('image' in task ? task.image : task.kind))).toEqual([
      'm1-1/bootloader-m1-2.0.img',
      'restart',
      'm1-1/radio-m1-7.img',
      'restart',
    ]);
  });

  test('is inspected with the hash of every image that is flashed', async () => {
    const zip = makeZip([info, ...images('boot', 'system', 'notes')]);
    const inspection = await resultOf(inspectFactory(inMemory(zip)));
    const sha256 = (content: string | Buffer) => createHash('sha256').update(content).digest('hex');
    expect(inspection).toMatchObject({ verdict: 'good', faults: [], fileSha256: sha256(zip) });
    expect(inspection.images).toEqual([
      { entry: 'boot.img', sizeBytes: 400, sha256: sha256('boot'.repeat(100)), vouched: false },
      { entry: 'system.img', sizeBytes: 600, sha256: sha256('system'.repeat(100)), vouched: false },
    ]);
  });

  test('is inspected with progress that never goes back', async () => {
    const seen: number[] = [];
    const zip = makeZip([info, ...images('boot', 'system')]);
    for await (const { doneBytes, totalBytes } of inspectFactory(inMemory(zip))) {
      seen.push(doneBytes / totalBytes);
    }
    expect(seen).toEqual(seen.toSorted((a, b) => a - b));
    expect(seen.at(-1)).toBe(1);
  });

  test('with a damaged image, or that is none, is refused', async () => {
    const crc = { crc: 1 };
    const damaged = { name: 'boot.img', content: 'x'.repeat(900), listed: crc, local: crc };
    const inspect = (bytes: Buffer) => resultOf(inspectFactory(inMemory(bytes)));
    const refused = await inspect(makeZip([info, damaged]));
    expect(refused).toMatchObject({ verdict: 'refused', images: [] });
    expect(refused.faults[0]?.facts['reason']).toBe('entry-damaged');
    expect((await inspect(Buffer.alloc(900))).faults[0]?.facts['reason']).toBe('not-zip');
  });

  test('gives an image whole and hashed onto the disk', async () => {
    const path = join(folder, 'boot.img');
    const zip = await open(info, ...images('boot'));
    const content = Buffer.from('boot'.repeat(100));
    const sha256 = createHash('sha256').update(content).digest('hex');
    expect(await resultOf(unpackEntry(zip, 'boot.img', path))).toBe(sha256);
    expect(readFileSync(path).equals(content)).toBe(true);
  });

  test('gives nothing where an image is damaged, or nobody waited for it', async () => {
    const crc = { crc: 1 };
    const damaged = { name: 'bad.img', content: 'x'.repeat(900), listed: crc, local: crc };
    const zip = await open(info, damaged, ...images('boot'));
    const work = resultOf(unpackEntry(zip, 'bad.img', join(folder, 'bad.img')));
    await expect(work).rejects.toEqual(because('entry-damaged'));
    const left = unpackEntry(zip, 'boot.img', join(folder, 'left.img'));
    await left.next();
    await left.return('');
    expect(existsSync(join(folder, 'left.img'))).toBe(false);
    expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([]);
  });

  test('says which folder can’t be written', async () => {
    const zip = await open(info, ...images('boot'));
    const missing = join(folder, 'none', 'boot.img');
    await expect(resultOf(unpackEntry(zip, 'boot.img', missing))).rejects.toMatchObject({
      code: 'data-folder-unwritable',
    });
  });
});
