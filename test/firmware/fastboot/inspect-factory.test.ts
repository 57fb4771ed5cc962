/** What a factory package says of itself: build, who vouches for it, and whether its images are those. */
import { createPublicKey, randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { imageOfFactory } from '../../../native-bridge/firmware/fastboot/factory-image.ts';
import { inspectFactory } from '../../../native-bridge/firmware/fastboot/inspect-factory.ts';
import { inMemory, resultOf } from '../../support/in-memory.ts';
import { makeFactory, type FactoryPlan } from '../../support/make-factory.ts';
import { makeVbmeta } from '../../support/make-vbmeta.ts';
import { makeSigner } from '../../support/signer.ts';

const vendor = makeSigner();
const key = { name: 'vendor', key: createPublicKey(vendor.certificatePem) };
const fingerprint = 'B/m1/m1:13/TQ1/7:user/release-keys';
const info = 'require board=m1\nrequire version-bootloader=2.4\n';

async function inspected(more: Partial<FactoryPlan>, keys = [key]) {
  const zip = makeFactory({ info, fingerprint, signer: vendor, ...more });
  const inspection = await resultOf(inspectFactory(inMemory(zip), keys));
  return imageOfFactory(inspection, keys.length > 0);
}

test('a package is shown with its models, demands, build and images', async () => {
  const image = await inspected({
    tasks: 'version 1\nflash boot\nflash vbmeta\nflash --slot-other system\nif-wipe erase userdata',
  });
  expect(image).toMatchObject({ verdict: 'good', version: 'TQ1/7', imageHash: fingerprint });
  expect(image.signature).toMatchObject({ state: 'valid', keyName: 'vendor' });
  expect(image.factory).toMatchObject({
    products: ['m1'],
    requirements: ['version-bootloader=2.4'],
    writes: [
      { partition: 'boot', slot: 'this', ifWiping: false },
      { partition: 'vbmeta', slot: 'this', ifWiping: false },
      { partition: 'system', slot: 'other', ifWiping: false },
      { partition: 'userdata', image: null, ifWiping: true },
    ],
    securityPatch: '2026-09-05',
  });
});

test('without vbmeta the build is read from the system image', async () => {
  const image = await inspected({ signer: undefined }, []);
  expect(image).toMatchObject({
    verdict: 'good',
    imageHash: fingerprint,
    signature: { state: 'unsigned' },
  });
});

test('a build that nothing names has no version', async () => {
  const image = await inspected({ signer: undefined, leaveOut: ['system.img'] }, []);
  expect(image).toMatchObject({ version: null, imageHash: null });
});

test('an image that is not the one that vbmeta vouches for is refused', async () => {
  const image = await inspected({ images: { 'boot.img': randomBytes(40_960) } });
  expect(image.verdict).toBe('refused');
  expect(image.faults[0]?.facts).toMatchObject({ reason: 'image-digest', entry: 'boot.img' });
});

test.each([
  ['somebody else signed', { signer: makeSigner() }, 'image-key-unknown'],
  ['nobody signed', { signer: null }, 'image-unsigned'],
  ['has no vbmeta', { signer: undefined }, 'image-unsigned'],
])('where keys are known, a package that %s is refused', async (_, more, code) => {
  const image = await inspected(more);
  expect(image).toMatchObject({ verdict: 'refused', faults: [{ code }] });
});

test('a signature that is wrong is refused, whoever is known', async () => {
  const vbmeta = makeVbmeta({ properties: { release: '2026-09-05' }, signer: vendor });
  vbmeta.write('2027', vbmeta.indexOf('2026-09-05'));
  const images = { 'vbmeta.img': vbmeta };
  const zip = makeFactory({ info, fingerprint, signer: vendor, images });
  const inspection = await resultOf(inspectFactory(inMemory(zip)));
  expect(imageOfFactory(inspection, false).faults[0]?.code).toBe('image-signature-wrong');
});

test('a vbmeta that lies about its sizes is refused', async () => {
  const lying = Buffer.alloc(512);
  lying.write('AVB0', 'latin1');
  lying.fill(0xff, 12, 128);
  const image = await inspected({ images: { 'vbmeta.img': lying } });
  expect(image.faults[0]?.facts).toMatchObject({ reason: 'vbmeta' });
});
