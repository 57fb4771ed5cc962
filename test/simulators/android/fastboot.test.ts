/** The boot loader's side, held to Debian's own `fastboot` over TCP. */
import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { runProgram, until, type Run } from './debian-adb.ts';
import { startTerminal, type Terminal } from './terminal.ts';

interface Bench {
  readonly terminal: Terminal;
  readonly folder: string;
  readonly fastboot: (...args: readonly string[]) => Promise<Run>;
  readonly partitions: () => Promise<
    Record<string, { readonly bytes: number; readonly sha256: string }>
  >;
}

async function bench(...args: readonly string[]): Promise<Bench> {
  const folder = await mkdtemp(join(tmpdir(), 'fastboot-test-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const mode = args.includes('--mode') ? [] : ['--mode', 'bootloader'];
  const terminal = await startTerminal(...mode, ...args);
  const { fastboot } = terminal.simulator.addresses() as { readonly fastboot: string };
  return {
    terminal,
    folder,
    fastboot: (...words) => runProgram('fastboot', ['-s', `tcp:${fastboot}`, ...words]),
    partitions: async () => (await terminal.control({ state: true }))['partitions'] as never,
  };
}

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** What `fastboot` prints on stderr before its own line with the time. */
const said = ({ err }: Run): string => err;

test('single variables, and all of them', async () => {
  const { fastboot } = await bench();
  expect(said(await fastboot('getvar', 'product'))).toContain('product: at900\n');
  expect(said(await fastboot('getvar', 'current-slot'))).toContain('current-slot: a\n');
  const all = said(await fastboot('getvar', 'all'));
  for (const line of [
    'max-download-size:0x10000000',
    'has-slot:boot:yes',
    'partition-size:boot_a:',
  ]) {
    expect(all).toContain(`(bootloader) ${line}`);
  }
  expect((await fastboot('getvar', 'nonsense')).err).toContain('Variable Not found');
});

test.each(['at-700', 'at-900'])('%s: an image arrives in its partition', async (model) => {
  const { fastboot, folder, partitions } = await bench('--model', model);
  const image = randomBytes(300_001);
  await writeFile(join(folder, 'boot.img'), image);
  expect(await fastboot('flash', 'boot', join(folder, 'boot.img'))).toMatchObject({ code: 0 });
  const name = model === 'at-900' ? 'boot_a' : 'boot';
  expect((await partitions())[name]).toEqual({ bytes: 300_001, sha256: sha256(image) });
});

test('an image that is larger than a download comes as sparse pieces', async () => {
  const { fastboot, folder, partitions } = await bench('--fault', 'fastboot-small-download');
  // Whole blocks: of others this client makes sparse images that end early.
  const image = Buffer.concat([randomBytes(4096 * 600), Buffer.alloc(4096 * 50, 7)]);
  await writeFile(join(folder, 'boot.img'), image);
  const run = await fastboot('flash', 'boot', join(folder, 'boot.img'));
  expect(run).toMatchObject({ code: 0 });
  expect(run.err).toContain("Sending sparse 'boot_a'");
  expect((await partitions())['boot_a']?.sha256).toBe(sha256(image));
});

test('a locked boot loader refuses to write', async () => {
  const { fastboot, folder, partitions } = await bench('--locked');
  await writeFile(join(folder, 'boot.img'), 'image');
  const run = await fastboot('flash', 'boot', join(folder, 'boot.img'));
  expect(run.code).toBe(1);
  expect(run.err).toContain('not allowed in locked state');
  expect(await partitions()).toEqual({});
});

test('the other slot is made active, with the build that was written to it', async () => {
  const { fastboot, folder, terminal } = await bench('--mode', 'fastboot');
  const build = 'PBNorth/at900/at900:13/TKQ1.270101.001/10.0.0.1:user/release-keys';
  await writeFile(join(folder, 'system.img'), `padding\nro.build.fingerprint=${build}\n`);
  const flashed = await fastboot('--slot', 'b', 'flash', 'system', join(folder, 'system.img'));
  expect(flashed).toMatchObject({ code: 0 });
  expect(await fastboot('set_active', 'b')).toMatchObject({ code: 0 });
  expect(await fastboot('reboot')).toMatchObject({ code: 0 });
  await until(async () => (await terminal.control({ state: true }))['mode'] === 'system');
  expect(await terminal.control({ state: true })).toMatchObject({ fingerprint: build, slot: 'b' });
});

test('from the boot loader into userspace fastboot and back', async () => {
  const { fastboot } = await bench();
  expect(await fastboot('reboot', 'fastboot')).toMatchObject({ code: 0 });
  await until(async () => /is-userspace: yes/.test((await fastboot('getvar', 'is-userspace')).err));
  await fastboot('reboot', 'bootloader');
  await until(async () => /is-userspace: no/.test((await fastboot('getvar', 'is-userspace')).err));
});

test('an erased partition is empty', async () => {
  const { fastboot, folder, partitions } = await bench();
  await writeFile(join(folder, 'misc.img'), 'text');
  await fastboot('flash', 'misc', join(folder, 'misc.img'));
  expect(Object.keys(await partitions())).toEqual(['misc']);
  expect(await fastboot('erase', 'misc')).toMatchObject({ code: 0 });
  expect(await partitions()).toEqual({});
});
