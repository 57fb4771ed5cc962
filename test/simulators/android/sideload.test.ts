/** Restarts and `adb sideload`, by Debian's adb. */
import { generateKeyPairSync } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { startDebianAdb, until, type Run } from './debian-adb.ts';
import { makeOta, signOta } from './packages.ts';
import { startTerminal, type Terminal } from './terminal.ts';

const newBuild = {
  'at-700': 'PBEast/at700/at700:7.1.2/NJH48A/20270101.120000:user/release-keys',
  'at-900': 'PBNorth/at900/at900:13/TKQ1.270101.001/10.0.0.1:user/release-keys',
} as const;
type Name = keyof typeof newBuild;

const metadata = (model: Name) => ({
  'ota-type': model === 'at-900' ? 'AB' : 'BLOCK',
  'post-build': newBuild[model],
  'post-timestamp': '1800000000',
  'pre-device': model.replace('-', ''),
});

async function inMode(terminal: Terminal, mode: string): Promise<void> {
  await until(async () => (await terminal.control({ state: true }))['mode'] === mode);
}

interface Bench {
  readonly terminal: Terminal;
  /** Into sideload mode, and the package to it. */
  readonly sideload: (ota: Buffer, mode?: string) => Promise<Run>;
  readonly state: () => Promise<Readonly<Record<string, unknown>>>;
}

async function bench(model: Name, ...args: string[]): Promise<Bench> {
  const terminal = await startTerminal('--model', model, ...args);
  const server = await startDebianAdb();
  return {
    terminal,
    state: () => terminal.control({ state: true }),
    async sideload(ota, mode = 'sideload') {
      const adb = await server.connect(terminal.adb);
      const file = join(server.folder, 'ota.zip');
      await writeFile(file, ota);
      await adb('reboot', mode);
      await inMode(terminal, 'sideload');
      await server.run('disconnect', terminal.adb);
      return await (
        await server.connect(terminal.adb)
      )('sideload', file);
    },
  };
}

describe.each(['at-700', 'at-900'] as const)('%s', (model) => {
  test('it goes, and comes back', async () => {
    const terminal = await startTerminal('--model', model);
    const server = await startDebianAdb();
    const adb = await server.connect(terminal.adb);
    expect((await adb('reboot')).code).toBe(0);
    await until(() => terminal.events.some(({ event }) => event === 'mode'));
    await server.run('disconnect', terminal.adb);
    const again = await server.connect(terminal.adb);
    expect((await again('shell', 'cat /proc/uptime')).out).toMatch(/^4\d\.\d\d /);
  });

  test('a package is installed, and its build runs after the restart', async () => {
    const { sideload, state, terminal } = await bench(model);
    const { code } = await sideload(await makeOta(metadata(model)), 'sideload-auto-reboot');
    expect(code).toBe(0);
    await inMode(terminal, 'system');
    expect(await state()).toMatchObject({
      fingerprint: newBuild[model],
      slot: model === 'at-900' ? 'b' : null,
    });
  });

  test('the end of the file is asked for first, every block then, some twice', async () => {
    const { sideload, state } = await bench(model);
    const ota = await makeOta(metadata(model));
    await sideload(ota);
    const asked = (await state())['sideloadAsked'] as number[];
    const blocks = Math.ceil(ota.length / 65_536);
    expect(asked[0]).toBe(blocks - 1);
    expect(new Set(asked).size).toBe(blocks);
    expect(asked.length).toBeGreaterThan(blocks);
  });

  test('without auto-reboot it waits in recovery, and its log can be pulled', async () => {
    const { sideload, terminal } = await bench(model);
    await sideload(await makeOta(metadata(model)));
    await inMode(terminal, 'recovery');
    expect((await terminal.control({ state: true }))['screen']).toContain('Installing update...');
  });

  test.each([
    ['for another model', { 'pre-device': 'crosshatch' }, /product crosshatch but expected/],
    ['older', { 'post-timestamp': '1500000000' }, /older than the current build/],
    [
      'against another build',
      { 'pre-build': 'a/b/c:1/D/E:user/release-keys' },
      /source build a\/b/,
    ],
  ])('one %s is refused, and nothing changes', async (_, change, reason) => {
    const { sideload, state } = await bench(model);
    const before = (await state())['fingerprint'];
    const { code, out, err } = await sideload(await makeOta({ ...metadata(model), ...change }));
    expect([code, out + err]).toEqual([expect.any(Number), expect.any(String)]);
    const after = await state();
    expect(after['fingerprint']).toBe(before);
    expect((after['screen'] as string[]).join('\n')).toMatch(reason);
  });
});

test('with a key only packages that it signed are installed', async () => {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const server = await startDebianAdb();
  const keyFile = join(server.folder, 'ota.pub.pem');
  await writeFile(keyFile, publicKey.export({ type: 'spki', format: 'pem' }));
  const ota = await makeOta(metadata('at-900'));
  const good = await bench('at-900', '--ota-key', keyFile);
  await good.sideload(signOta(ota, privateKey));
  expect((await good.state())['fingerprint']).toBe(newBuild['at-900']);

  const bad = await bench('at-900', '--ota-key', keyFile);
  const changed = signOta(ota, privateKey);
  changed.writeUInt8(changed.readUInt8(500) ^ 1, 500);
  await bad.sideload(changed);
  expect((await bad.state())['fingerprint']).not.toBe(newBuild['at-900']);
  expect((await bad.state())['screen']).toContain('E:signature verification failed');
});

test('recovery that dies in the middle is back in sideload mode, and takes the package then', async () => {
  const { sideload, terminal, state } = await bench('at-900', '--fault', 'sideload-dies-midway');
  const ota = await makeOta(metadata('at-900'));
  expect((await sideload(ota)).code).not.toBe(0);
  await inMode(terminal, 'sideload');
  await terminal.control({ reboot: '' });
  await inMode(terminal, 'system');
  await sideload(ota);
  expect((await state())['fingerprint']).toBe(newBuild['at-900']);
});

test('a slot that does not start falls back to the one before', async () => {
  const { sideload, terminal, state } = await bench('at-900', '--fault', 'slot-falls-back');
  const before = (await state())['fingerprint'];
  await sideload(await makeOta(metadata('at-900')), 'sideload-auto-reboot');
  await inMode(terminal, 'system');
  expect(await state()).toMatchObject({ fingerprint: before, slot: 'a' });
});
