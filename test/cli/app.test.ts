/** The shell's `app` commands, against a simulated Android terminal over TCP. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeApk } from '../support/make-apk.ts';
import { makeSigner } from '../support/signer.ts';
import { startTerminal } from '../simulators/android/terminal.ts';
import { documentOf, run, temporaryFolder } from './support.ts';

const packageName = 'com.example.pay';
const signer = makeSigner('p256');

async function bench() {
  const { adb, simulator } = await startTerminal();
  const folder = temporaryFolder();
  const app = async (versionCode: number, plan = { signer }) => {
    const file = join(folder, `app-${versionCode}.apk`);
    const manifest = { packageName, versionCode, versionName: `1.${versionCode}` };
    await writeFile(file, makeApk({ manifest, algorithm: 0x0201, ...plan }));
    return file;
  };
  const data = join(folder, 'data');
  const shell = (...args: readonly string[]) =>
    run([...args, '--data', data, '--port', `adb://${adb}`]);
  return { app, shell, simulator };
}

test('an app is inspected, installed with consent, listed among the others, and taken away', async () => {
  const { app, shell, simulator } = await bench();
  const file = await app(7);
  const inspected = await shell('app', 'inspect', file, '--json');
  expect(documentOf(inspected)).toMatchObject({
    ok: true,
    result: { app: { packageName, verdict: 'good' }, installed: null, blockers: [] },
  });
  expect((await shell('app', 'install', file)).code).toBe(2);
  const installed = await shell('app', 'install', file, '--yes');
  expect(installed.stdout).toContain(`${packageName} 1.7 (7) is installed, the terminal shows it`);
  expect(installed.stdout).toContain('app uninstall');
  expect(installed.code).toBe(0);
  const list = await shell('app', 'list');
  expect(list.stdout).toContain('com.posbench.north.till');
  const removed = await shell('app', 'uninstall', packageName, '--json');
  expect(documentOf(removed)).toMatchObject({ ok: true, result: { verdict: 'done', after: null } });
  expect(simulator.device.packages.get(packageName)).toBeUndefined();
}, 60_000);

test('what speaks against it is said before anything is sent', async () => {
  const { app, shell } = await bench();
  await shell('app', 'install', await app(7), '--yes', '--json');
  const other = await app(8, { signer: makeSigner('p256', 'sha256', 'another') });
  const refused = await shell('app', 'install', other, '--yes');
  expect(refused.stdout).toContain('Android would refuse it');
  expect(refused.code).toBe(4);
  const cleared = await shell('app', 'clear-cache', packageName, '--json');
  expect(cleared.code).toBe(0);
  expect(documentOf(cleared)).toMatchObject({ result: { action: 'clear-cache', verdict: 'done' } });
}, 60_000);
