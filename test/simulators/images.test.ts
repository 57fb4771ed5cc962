/** The slots and the boot loader: what is taken, what is booted, what is put back. */
import { expect, test } from 'vitest';
import { READ, WRITE } from './frames.ts';
import { type Host } from './host.ts';
import { simulate } from './simulate.ts';
import {
  CHUNK,
  firmware,
  firstPart,
  fixture,
  largeBuffers,
  mark,
  partAt,
  recover,
  reset,
  sha256,
  slots,
  summary,
  upload,
} from './images.ts';

const quick = ['--swap-ms', '40', '--boot-ms', '20', '--flash-write-ms', '0', '--erase-ms', '0'];
const older = ['--faults', 'firmware-old'];
const vendorKey = ['--key', fixture('keys/ecdsa-p256.pub.pem')];
const good = firmware('codebox-2.0.0.bin');

async function box(...args: string[]): Promise<Host> {
  return (await simulate([...quick, ...largeBuffers, ...args])).connect();
}

async function bootNew(host: Host, image: Uint8Array): Promise<string[]> {
  await upload(host, image);
  await mark(host, false);
  await reset(host);
  return summary(await slots(host));
}

test('a trial runs unconfirmed, and a restart without a confirm brings the old image back', async () => {
  const host = await box(...older, ...vendorKey);
  expect(await bootNew(host, good)).toEqual(['0 2.0.0 active', '1 1.8.0 confirmed']);
  await reset(host);
  expect(summary(await slots(host))).toEqual(['0 1.8.0 active confirmed', '1 2.0.0']);
});

test('a confirmed trial stays, and flashing the admitted version clears the old firmware', async () => {
  const simulated = await simulate([...quick, ...largeBuffers, ...older]);
  const host = await simulated.connect();
  expect((await simulated.control({ state: true }))['faults']).toEqual(['firmware-old']);
  await bootNew(host, good);
  await host.ask(WRITE, 1, 0, { confirm: true });
  await reset(host);
  expect(summary(await slots(host))).toEqual(['0 2.0.0 active confirmed', '1 1.8.0']);
  expect((await simulated.control({ state: true }))['faults']).toEqual([]);
  expect((await host.shell('device', 'info')).o).toContain('firmware: 2.0.0');
});

test('an image confirmed before it ran is permanent', async () => {
  const host = await box(...older);
  await upload(host, good);
  await mark(host, true);
  expect(summary(await slots(host))[1]).toBe('1 2.0.0 pending permanent');
  await reset(host);
  expect(summary(await slots(host))[0]).toBe('0 2.0.0 active confirmed');
});

test.for([
  ['bad-payload-bit.bin', 'its hash is wrong'],
  ['bad-signature-bit.bin', 'its signature is wrong'],
  ['codebox-2.2.0-other-key.bin', 'another key signed it'],
] as const)('the boot loader does not run %s: %s', async ([name]) => {
  const host = await box(...older, ...vendorKey);
  expect(await bootNew(host, firmware(name))).toEqual(['0 1.8.0 active confirmed']);
  expect(host.text).toContain('Image in the secondary slot is not valid');
});

test.for([
  'ecdsa-p256-1.1.0+7.bin',
  'ecdsa-p384-1.1.0+7.bin',
  'ed25519-1.1.0+7.bin',
  'rsa-2048-1.1.0+7.bin',
  'rsa-3072-1.1.0+7.bin',
] as const)('the boot loader runs %s when it has the key', async (name) => {
  const key = fixture(`keys/${name.replace(/-1\.1\.0.*/, '')}.pub.pem`);
  const host = await box('--key', key);
  const [first] = await bootNew(host, firmware(name));
  expect(first).toBe('0 1.1.0.7 active');
});

test('parts of an image that has no end are not listed', async () => {
  const host = await box();
  await upload(host, good, {}, 10 * CHUNK);
  expect(summary(await slots(host))).toEqual(['0 2.0.0 active confirmed']);
});

test('an image whose end is missing is listed, as the flash has ones there, and not booted', async () => {
  const host = await box(...older, ...vendorKey);
  await upload(host, firmware('bad-truncated.bin'));
  expect(summary(await slots(host))[1]).toBe('1 2.0.0');
  await mark(host, false);
  await reset(host);
  expect(summary(await slots(host))).toEqual(['0 1.8.0 active confirmed']);
});

test.for([
  ['no image', 'bad-magic.bin', 23],
  ['too large', 'fills-slot-4.0.0.bin', 30],
] as const)('%s is refused at the first part', async ([, name, rc]) => {
  const host = await box('--slot-size', '0x40000');
  expect(await host.ask(WRITE, 1, 1, firstPart(firmware(name)))).toEqual({
    err: { group: 1, rc },
  });
});

test('an older image is refused where an upgrade was demanded, and taken otherwise', async () => {
  const host = await box();
  const image = firmware('codebox-1.9.9-older.bin');
  const demanded = { upgrade: true };
  expect(await upload(host, image, demanded)).toEqual({ err: { group: 1, rc: 27 } });
  expect(await host.ask(WRITE, 1, 1, firstPart(image, demanded), 1)).toEqual({ rc: 6 });
  expect(await upload(host, image)).toEqual({ off: image.length, match: true });
});

test('a wrong offset is answered with the wanted one, and nothing is stored', async () => {
  const host = await box();
  await upload(host, good, {}, 3 * CHUNK);
  expect(await host.ask(WRITE, 1, 1, partAt(good, 5 * CHUNK))).toEqual({ off: 3 * CHUNK });
  expect(await host.ask(WRITE, 1, 1, partAt(good, 0))).toEqual({ err: { group: 1, rc: 21 } });
});

test('the same sha at offset 0 resumes where the device is; another begins anew', async () => {
  const host = await box();
  await upload(host, good, {}, 4 * CHUNK);
  expect(await host.ask(WRITE, 1, 1, firstPart(good))).toEqual({ off: 4 * CHUNK });
  const other = firmware('codebox-1.9.9-older.bin');
  expect(await host.ask(WRITE, 1, 1, firstPart(other))).toEqual({ off: CHUNK });
});

test('what was received of an image does not survive a restart', async () => {
  const host = await box();
  await upload(host, good, {}, 4 * CHUNK);
  await reset(host);
  expect(await host.ask(WRITE, 1, 1, partAt(good, 4 * CHUNK))).toEqual({ off: 0 });
  expect(await host.ask(WRITE, 1, 1, firstPart(good))).toEqual({ off: CHUNK });
});

test('an image that is there already is not taken again', async () => {
  const host = await box(...older);
  await upload(host, good);
  expect(await host.ask(WRITE, 1, 1, firstPart(good))).toEqual({ off: good.length, match: true });
});

test('a wrong sha is told with the last part', async () => {
  const host = await box();
  const wrong = { sha: sha256(new Uint8Array(1)) };
  expect(await upload(host, good, wrong)).toEqual({ off: good.length, match: false });
});

test('a slot that the next boot needs can be neither erased nor overwritten', async () => {
  const host = await box(...older);
  const refused = { err: { group: 1, rc: 9 } };
  await upload(host, good);
  await mark(host, false);
  expect(await host.ask(WRITE, 1, 5)).toEqual(refused);
  expect(await host.ask(WRITE, 1, 1, firstPart(good))).toEqual(refused);
  await reset(host);
  expect(await host.ask(WRITE, 1, 5)).toEqual(refused);
  await host.ask(WRITE, 1, 0, { confirm: true });
  expect(await host.ask(WRITE, 1, 5)).toEqual({});
  expect(summary(await slots(host))).toEqual(['0 2.0.0 active confirmed']);
});

test('a hash that is not there, and a test of what runs, are refused', async () => {
  const host = await box();
  const [running] = await slots(host);
  const ask = (hash: Uint8Array | undefined) => host.ask(WRITE, 1, 0, { hash, confirm: false });
  expect(await ask(new Uint8Array(32))).toEqual({ err: { group: 1, rc: 8 } });
  expect(await ask(new Uint8Array(20))).toEqual({ err: { group: 1, rc: 24 } });
  expect(await ask(running?.hash)).toEqual({ err: { group: 1, rc: 33 } });
  expect(await host.ask(WRITE, 1, 0, {})).toEqual({ err: { group: 1, rc: 24 } });
});

test('overwrite-only has no way back', async () => {
  const host = await box(...older, '--bootloader-mode', 'overwrite-only');
  expect(await host.ask(READ, 0, 8, { query: 'mode' })).toEqual({ mode: 2 });
  expect(await bootNew(host, good)).toEqual(['0 2.0.0 active confirmed']);
});

test('direct-xip runs the newest image from where it is, and takes no marks', async () => {
  const host = await box(...older, '--bootloader-mode', 'direct-xip');
  await upload(host, good);
  expect(summary(await slots(host))).toEqual([
    '0 1.8.0 active confirmed',
    '1 2.0.0 pending permanent',
  ]);
  expect(await mark(host, false)).toEqual({ rc: 8 });
  await reset(host);
  expect(summary(await slots(host))).toEqual(['0 1.8.0', '1 2.0.0 active confirmed']);
});

test('single-slot writes over what runs; a bad image leaves the recovery to answer', async () => {
  const host = await box('--bootloader-mode', 'single-slot');
  await upload(host, firmware('bad-payload-bit.bin'));
  await host.ask(WRITE, 0, 5);
  await host.until(() => host.text.includes('Unable to find bootable image'));
  expect(await host.ask(READ, 2, 1, {}, 1)).toEqual({ rc: 8 });
  await recover(host, firmware('codebox-2.1.0-protected-tlvs.bin'));
  await host.restart(() => host.ask(WRITE, 0, 5, {}, 1));
  expect(summary(await slots(host))).toEqual(['0 2.1.0 active confirmed']);
});
