/** Who vouches for what in a factory package: by digest, by dm-verity root, and by the chain of vbmetas. */
import { createPublicKey, randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { RepeatAllowance } from '../../../native-bridge/firmware/fastboot/described.ts';
import { imageOfFactory } from '../../../native-bridge/firmware/fastboot/factory-image.ts';
import { inspectFactory } from '../../../native-bridge/firmware/fastboot/inspect-factory.ts';
import { packageRows } from '../../../native-bridge/wording/factory.ts';
import { inMemory, resultOf } from '../../support/in-memory.ts';
import { makeFactory, systemImage, type FactoryPlan } from '../../support/make-factory.ts';
import { chunkTypes, makeSparse } from '../../support/make-sparse.ts';
import { makeVbmeta, withFooter, type VbmetaPlan } from '../../support/make-vbmeta.ts';
import { makeSigner } from '../../support/signer.ts';

const vendor = makeSigner();
const other = makeSigner();
const key = { name: 'vendor', key: createPublicKey(vendor.certificatePem) };
const fingerprint = 'B/m1/m1:13/TQ1/7:user/release-keys';
const forged = 'B/m1/m1:13/FORGED/9:user/release-keys';
const info = 'require board=m1\n';
const system = systemImage(fingerprint, 600_000);
const attackers = systemImage(fingerprint, 600_000);
const named = { properties: { 'com.android.build.system.fingerprint': fingerprint } };

async function inspected(more: Partial<FactoryPlan>) {
  const zip = makeFactory({ info, fingerprint, signer: vendor, system, ...more });
  const image = imageOfFactory(await resultOf(inspectFactory(inMemory(zip), [key])), true);
  const images = image.factory?.images ?? [];
  return {
    ...image,
    unvouched: images.filter(({ vouched }) => !vouched).map(({ entry }) => entry),
  };
}

/** A package whose vbmeta leaves the system to `vbmeta_system`, which is `system`’s. */
async function chained(images: Readonly<Record<string, Uint8Array>>, more: VbmetaPlan = {}) {
  const vbmeta = makeVbmeta({
    signer: vendor,
    chains: { vbmeta_system: { signer: other } },
    ...more,
  });
  return await inspected({
    images: { 'vbmeta.img': vbmeta, ...images },
    leaveOut: ['boot.img', 'dtbo.img'],
  });
}

const asSparse = (data: Uint8Array): Buffer =>
  makeSparse({ chunks: [{ type: chunkTypes.raw, blocks: data.length / 4096, data }] });

const ofSystem = (image: Uint8Array, plan: VbmetaPlan = {}): Buffer =>
  makeVbmeta({ ...named, hashtrees: { system: { image } }, signer: other, ...plan });

test('a package is the vendor’s with all that vbmeta describes', async () => {
  const image = await inspected({});
  expect(image).toMatchObject({ verdict: 'good', signature: { state: 'valid' }, unvouched: [] });
});

test('one whose system was replaced is refused', async () => {
  const { verdict, faults } = await inspected({ images: { 'system.img': attackers } });
  expect(verdict).toBe('refused');
  expect(faults[0]?.facts).toMatchObject({ reason: 'image-digest', entry: 'system.img' });
});

test('one bit in the last block of a system is enough', async () => {
  const changed = Buffer.from(system);
  changed.writeUInt8(changed.readUInt8(changed.length - 1) ^ 1, changed.length - 1);
  expect((await inspected({ images: { 'system.img': changed } })).verdict).toBe('refused');
});

test('a system that ends too early is refused', async () => {
  const cut = system.subarray(0, system.length - 4096);
  expect((await inspected({ images: { 'system.img': cut } })).verdict).toBe('refused');
});

test('a sparse system is judged by what it puts on its partition', async () => {
  const sparse = asSparse(system);
  expect(await inspected({ images: { 'system.img': sparse } })).toMatchObject({
    verdict: 'good',
    unvouched: [],
  });
  const replaced = asSparse(attackers);
  expect((await inspected({ images: { 'system.img': replaced } })).verdict).toBe('refused');
});

test('a hole of many megabytes is hashed in steps, and an abort is heard between them', async () => {
  const hole = { type: chunkTypes.skip, blocks: 2 ** 15 };
  const vbmeta = makeVbmeta({ hashes: { boot: Buffer.alloc(2 ** 27) }, signer: vendor });
  const images = { 'vbmeta.img': vbmeta, 'boot.img': makeSparse({ chunks: [hole] }) };
  const leaveOut = ['system.img', 'dtbo.img'];
  const zip = makeFactory({ info, fingerprint, signer: vendor, images, leaveOut });
  const atBytes: number[] = [];
  const looks = inspectFactory(inMemory(zip), [key]);
  let step = await looks.next();
  for (; step.done !== true; step = await looks.next()) atBytes.push(step.value.doneBytes);
  expect(step.value).toMatchObject({ verdict: 'good', signature: { state: 'valid' } });
  expect(atBytes.filter((bytes, at) => bytes === atBytes[at - 1]).length).toBeGreaterThan(0);
});

test('what is repeated without end is refused', () => {
  const allowance = new RepeatAllowance();
  allowance.take(2 ** 33);
  expect(() => allowance.take(1)).toThrow(/sparse-repeats/);
});

test('what stands behind the described bytes is its tree and changes nothing', async () => {
  const longer = Buffer.concat([system, randomBytes(8192)]);
  expect((await inspected({ images: { 'system.img': longer } })).verdict).toBe('good');
});

test.each(['sha1', 'sha256', 'sha512'])('a tree of %s is computed', async (algorithm) => {
  const vbmeta = makeVbmeta({
    hashtrees: { system: { image: system, algorithm } },
    signer: vendor,
  });
  const images = { 'vbmeta.img': vbmeta };
  const leaveOut = ['boot.img', 'dtbo.img'];
  expect((await inspected({ images, leaveOut })).unvouched).toEqual([]);
  const more = { images: { ...images, 'system.img': attackers }, leaveOut };
  expect((await inspected(more)).verdict).toBe('refused');
});

test('a digest that can not be computed vouches for nothing', async () => {
  const tree = { image: system, algorithm: 'blake2b-256' };
  const vbmeta = makeVbmeta({ hashtrees: { system: tree }, signer: vendor });
  const image = await inspected({
    images: { 'vbmeta.img': vbmeta },
    leaveOut: ['boot.img', 'dtbo.img'],
  });
  expect(image).toMatchObject({ verdict: 'good', unvouched: ['system.img'] });
});

test('images that vbmeta does not describe are told', async () => {
  const images = { 'vendor.img': randomBytes(4096), 'super_empty.img': randomBytes(4096) };
  const image = await inspected({ images });
  expect(image.verdict).toBe('good');
  expect(image.unvouched.toSorted()).toEqual(['super_empty.img', 'vendor.img']);
});

test('what vbmeta describes counts for its partition only', async () => {
  const image = await inspected({
    tasks: 'version 1\nflash vbmeta\nflash boot\nflash modem boot.img',
  });
  expect(image.unvouched).toEqual(['boot.img']);
});

test('a vbmeta that is not the one that is written vouches for nothing', async () => {
  const mine = makeVbmeta({ hashtrees: { system: { image: attackers } }, signer: null });
  const image = await inspected({
    images: { 'mine.img': mine, 'system.img': attackers },
    tasks: 'version 1\nflash vbmeta mine.img\nflash dtbo vbmeta.img\nflash system',
  });
  expect(image.verdict).toBe('refused');
  expect(image.signature.state).toBe('unsigned');
});

test('whom vbmeta names vouches for the rest, and for the build', async () => {
  const image = await chained({ 'vbmeta_system.img': ofSystem(system) });
  expect(image).toMatchObject({
    verdict: 'good',
    imageHash: fingerprint,
    signature: { state: 'valid' },
    unvouched: [],
  });
});

test.each([
  ['signed by somebody else', { signer: makeSigner() }],
  ['signed by the vendor in place of whom it names', { signer: vendor }],
  ['not signed', { signer: null }],
  ['one that switches checks off', { flags: 2 }],
  ['one that names others again', { chains: { system: { signer: other } } }],
])('a chained vbmeta that is %s is refused', async (_, plan) => {
  const { verdict, faults } = await chained({
    'vbmeta_system.img': ofSystem(attackers, plan),
    'system.img': attackers,
  });
  expect(verdict).toBe('refused');
  expect(faults[0]?.facts).toMatchObject({ reason: 'vbmeta-chain', entry: 'vbmeta_system.img' });
});

test('a chained vbmeta with one bit changed is refused', async () => {
  const changed = ofSystem(system);
  changed.write('FORGED', changed.indexOf('TQ1/7'));
  const { faults } = await chained({ 'vbmeta_system.img': changed });
  expect(faults[0]?.facts).toMatchObject({ reason: 'vbmeta-chain' });
});

test('a chain to the place of the first vbmeta’s own index is refused', async () => {
  const chains = { vbmeta_system: { signer: other, rollbackIndexLocation: 0 } };
  const { faults } = await chained({ 'vbmeta_system.img': ofSystem(system) }, { chains });
  expect(faults[0]?.facts).toMatchObject({ reason: 'vbmeta', entry: 'vbmeta.img' });
});

test('without the vbmeta that it is left to, nobody vouches for the system', async () => {
  const image = await chained({ 'system.img': attackers });
  expect(image).toMatchObject({ verdict: 'good', unvouched: ['system.img'] });
});

test('a vbmeta that the first one does not name says nothing, of the build neither', async () => {
  const image = await inspected({
    images: {
      'vbmeta.img': makeVbmeta({ ...named, signer: vendor }),
      'vbmeta_system.img': ofSystem(attackers, {
        properties: { 'com.android.build.system.security_patch': '2030-01-01' },
      }),
      'system.img': systemImage(forged, 600_000),
    },
    leaveOut: ['boot.img', 'dtbo.img'],
  });
  expect(image).toMatchObject({ verdict: 'good', imageHash: fingerprint });
  expect(image.factory?.securityPatch).toBe(null);
  expect(image.unvouched.toSorted()).toEqual(['system.img', 'vbmeta_system.img']);
});

test('an image brings the vbmeta of who vouches for it at its end, packed sparse or not', async () => {
  const own = makeVbmeta({ hashtrees: { system: { image: system } }, signer: other });
  const whole = withFooter(system, own, system.length + 262_144);
  const vbmeta = makeVbmeta({ ...named, signer: vendor, chains: { system: { signer: other } } });
  const leaveOut = ['boot.img', 'dtbo.img'];
  const sparse = asSparse(whole);
  for (const image of [whole, sparse]) {
    const images = { 'vbmeta.img': vbmeta, 'system.img': image };
    expect(await inspected({ images, leaveOut })).toMatchObject({ verdict: 'good', unvouched: [] });
  }
  const replaced = Buffer.from(whole);
  replaced.set(attackers);
  const images = { 'vbmeta.img': vbmeta, 'system.img': replaced };
  const { faults } = await inspected({ images, leaveOut });
  expect(faults[0]?.facts).toMatchObject({ reason: 'image-digest', entry: 'system.img' });
});

test.each([
  ['as it is', (image: Buffer) => image],
  ['sparse', asSparse],
])('a vbmeta counts however long the padding behind it is, packed %s', async (_, pack) => {
  const long = (vbmeta: Buffer) => pack(Buffer.concat([vbmeta, Buffer.alloc(2 ** 20)], 2 ** 20));
  const chains = { vbmeta_system: { signer: other } };
  const image = await chained({
    'vbmeta.img': long(makeVbmeta({ signer: vendor, chains })),
    'vbmeta_system.img': long(ofSystem(system)),
  });
  expect(image).toMatchObject({
    verdict: 'good',
    signature: { state: 'valid' },
    unvouched: [],
  });
});

test.each([
  ['every check', 2, 'all', ['boot.img', 'dtbo.img', 'system.img']],
  ['every check, that of the trees too', 3, 'all', ['boot.img', 'dtbo.img', 'system.img']],
  ['the check of the trees', 1, 'trees', ['system.img']],
])('a vbmeta that switches off %s vouches for nothing by it', async (_, flags, unchecked, left) => {
  const [boot, dtbo] = [randomBytes(4096), randomBytes(4096)];
  const plan = { hashes: { boot, dtbo }, hashtrees: { system: { image: system } }, flags };
  const vbmeta = makeVbmeta({ ...named, ...plan, signer: vendor });
  const image = await inspected({
    images: { 'vbmeta.img': vbmeta, 'boot.img': boot, 'dtbo.img': dtbo },
  });
  expect(image).toMatchObject({ verdict: 'good', signature: { state: 'valid' } });
  expect(image.factory?.unchecked).toBe(unchecked);
  expect(image.unvouched.toSorted()).toEqual(left);
  const said = packageRows(image, 'en').map(({ value }) => value);
  expect(said.join(' ')).toMatch(unchecked === 'all' ? /verified boot off/ : /dm-verity off/);
});

test('an image that should bring a vbmeta and has none is refused', async () => {
  const vbmeta = makeVbmeta({ ...named, signer: vendor, chains: { system: { signer: other } } });
  const { faults } = await inspected({ images: { 'vbmeta.img': vbmeta } });
  expect(faults[0]?.facts).toMatchObject({ reason: 'vbmeta', entry: 'system.img' });
});
