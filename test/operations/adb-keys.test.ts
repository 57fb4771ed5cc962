/** Where the key pair for ADB is kept, and when it is not used. */
import { createPrivateKey } from 'node:crypto';
import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { BridgeFault } from '../../native-bridge/contract/bridge-fault.ts';
import { adbKeysIn } from '../../native-bridge/operations/adb-keys.ts';

async function dataFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'adb-keys-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

async function faultOf(work: Promise<unknown>): Promise<BridgeFault['fault']> {
  const thrown: unknown = await work.catch((error: unknown) => error);
  if (thrown instanceof BridgeFault) return thrown.fault;
  throw new Error('no fault', { cause: thrown });
}

const modeOf = async (path: string) => (await stat(path)).mode & 0o777;

it('a key is made on first need, for its owner’s eyes only', async () => {
  const data = await dataFolder();
  const der = await adbKeysIn(data).privateKey();
  const file = join(data, 'adb', 'adbkey');
  expect(await readFile(file, 'utf8')).toMatch(/^-----BEGIN PRIVATE KEY-----\n/);
  expect(await modeOf(file)).toBe(0o600);
  expect(await modeOf(join(data, 'adb'))).toBe(0o700);
  const key = createPrivateKey({ key: Buffer.from(der), format: 'der', type: 'pkcs8' });
  expect(key.asymmetricKeyDetails).toMatchObject({ modulusLength: 2048, publicExponent: 65_537n });
});

it('it stays the same, also in the next run', async () => {
  const data = await dataFolder();
  const keys = adbKeysIn(data);
  const [first, second] = await Promise.all([keys.privateKey(), keys.privateKey()]);
  expect(second).toEqual(first);
  expect(await adbKeysIn(data).privateKey()).toEqual(first);
});

it('of several programs that make it at once all use the same', async () => {
  const data = await dataFolder();
  const keys = await Promise.all([1, 2, 3, 4].map(() => adbKeysIn(data).privateKey()));
  for (const key of keys) expect(key).toEqual(keys[0]);
  expect(await readdir(join(data, 'adb'))).toEqual(['adbkey']);
});

it('one that others can read is refused, and taken when that is put right', async () => {
  const data = await dataFolder();
  const der = await adbKeysIn(data).privateKey();
  const file = join(data, 'adb', 'adbkey');
  await chmod(file, 0o640);
  const keys = adbKeysIn(data);
  expect(await faultOf(keys.privateKey())).toMatchObject({
    code: 'adb-key-exposed',
    facts: { file },
  });
  await chmod(file, 0o600);
  expect(await keys.privateKey()).toEqual(der);
});

it('a file that is no key is told, not replaced', async () => {
  const data = await dataFolder();
  await adbKeysIn(data).privateKey();
  const file = join(data, 'adb', 'adbkey');
  await writeFile(file, 'no key');
  expect((await faultOf(adbKeysIn(data).privateKey())).code).toBe('file-unreadable');
  expect(await readFile(file, 'utf8')).toBe('no key');
});

it('its name says whose it is', () => {
  expect(adbKeysIn('/nowhere').name).toMatch(/^pos-bench@[\w.-]+$/);
});
