/** `adb install` by Debian's adb: streamed by both models, and refused for the reasons Android has. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { startDebianAdb } from './debian-adb.ts';
import { makeApk, type ApkFacts } from './packages.ts';
import { startTerminal } from './terminal.ts';

const facts = { name: 'com.example.till', versionCode: 7, versionName: '1.7', signer: 'one' };

async function installer(model: string) {
  const terminal = await startTerminal('--model', model);
  const server = await startDebianAdb();
  const adb = await server.connect(terminal.adb);
  return {
    adb,
    terminal,
    install: async (apk: Partial<ApkFacts>, ...options: string[]) => {
      const file = join(server.folder, 'app.apk');
      await writeFile(file, await makeApk({ ...facts, ...apk }));
      const { code, out, err } = await adb('install', ...options, file);
      return { code, said: out + err };
    },
  };
}

describe.each(['at-700', 'at-900'])('%s', (model) => {
  test('an APK is installed, and its version is shown then', async () => {
    const { adb, install } = await installer(model);
    expect(await install({})).toMatchObject({
      code: 0,
      said: expect.stringContaining('Success') as string,
    });
    const { out } = await adb('shell', 'dumpsys package com.example.till');
    expect(out).toMatch(/versionCode=7 /);
    expect(out).toMatch(/versionName=1\.7\n/);
    expect((await adb('shell', 'pm list packages -3')).out).toContain('package:com.example.till\n');
  });

  test.each([
    ['unsigned', { signer: null, name: 'com.example.new' }, 'INSTALL_PARSE_FAILED_NO_CERTIFICATES'],
    ['older', { versionCode: 6 }, 'INSTALL_FAILED_VERSION_DOWNGRADE'],
    ['by another signer', { versionCode: 8, signer: 'two' }, 'INSTALL_FAILED_UPDATE_INCOMPATIBLE'],
  ])('one that is %s is refused', async (_, apk, reason) => {
    const { install } = await installer(model);
    await install({});
    const { code, said } = await install(apk);
    expect(said).toContain(reason);
    expect(code).toBe(1);
  });
});

test('there is no room for it', async () => {
  const { install, terminal } = await installer('at-900');
  await terminal.control({ fault: 'storage-full', on: true });
  const { files } = terminal.simulator.device;
  files.write('/data/local/tmp/filler', new Uint8Array(terminal.simulator.device.freeBytes - 500));
  expect((await install({})).said).toContain('INSTALL_FAILED_INSUFFICIENT_STORAGE');
});
