/** Whole packages: built as AOSP's tools do, signed by OpenSSL. */
import { describe, expect, test } from 'vitest';
import { inspectOta } from '../../../native-bridge/firmware/ota/inspect-ota.ts';
import { readVendorCertificate } from '../../../native-bridge/firmware/vendor-certificate.ts';
import { inMemory, resultOf } from '../../support/in-memory.ts';
import {
  fullMetadata,
  makeAbOta,
  makeBlockOta,
  makePayload,
  metadataName,
  payloadProperties,
  signWhole,
  withComment,
} from '../../support/make-ota.ts';
import { makeZip } from '../../support/make-zip.ts';
import { makeSigner } from '../../support/signer.ts';

const vendor = makeSigner();
const certificates = [readVendorCertificate('vendor.pem', vendor.certificatePem)];
const inspect = (bytes: Uint8Array, certs = certificates) =>
  resultOf(inspectOta(inMemory(bytes), certs));
const codes = ({ faults }: Awaited<ReturnType<typeof inspect>>) => faults.map(({ code }) => code);
const reasons = ({ faults }: Awaited<ReturnType<typeof inspect>>) =>
  faults.flatMap(({ facts }) => facts['reason'] ?? facts['problem'] ?? []);

describe('an A/B update', () => {
  test('that is whole and signed by the vendor is good', async () => {
    const bytes = signWhole(makeAbOta(), vendor);
    const ota = await inspect(bytes);
    expect(ota).toMatchObject({
      verdict: 'good',
      faults: [],
      sizeBytes: bytes.length,
      content: 'payload',
      payload: { version: 2, metadataBytes: 324, metadataSignatureBytes: 267, whereTold: null },
      signature: { state: 'valid', keyName: 'vendor.pem', kind: 'rsa-2048', digest: 'sha256' },
    });
  });

  test('says where its payload stands, and whether the metadata says the same', async () => {
    const first = await inspect(makeAbOta());
    const offsetBytes = first.payload?.offsetBytes ?? 0;
    const sizeBytes = first.payload?.sizeBytes ?? 0;
    // The list makes the metadata longer by as much as its own entry.
    const grown = (files: string) => `\nota-property-files=${files}`.length;
    const files = `payload.bin:${offsetBytes + grown(`payload.bin:999:${sizeBytes}`)}:${sizeBytes}`;
    const told = makeAbOta({ metadata: { ...fullMetadata, 'ota-property-files': files } });
    expect((await inspect(told)).payload?.whereTold).toBe(true);
    const wrong = { ...fullMetadata, 'ota-property-files': 'payload.bin:1:2' };
    expect((await inspect(makeAbOta({ metadata: wrong }))).payload?.whereTold).toBe(false);
  });

  test('with one byte of its payload changed is refused by hash and by signature', async () => {
    const bytes = signWhole(makeAbOta(), vendor);
    const at = bytes.indexOf('CrAU') + 3000;
    bytes[at] = (bytes[at] ?? 0) ^ 1;
    expect(codes(await inspect(bytes))).toEqual(['image-hash-wrong', 'image-signature-wrong']);
  });

  test('with a changed manifest fails both of its hashes', async () => {
    const payload = makePayload();
    const properties = payloadProperties(payload);
    payload[40] = 0;
    const ota = await inspect(signWhole(makeAbOta({ payload, properties }), vendor));
    expect(codes(ota)).toEqual(['image-hash-wrong', 'image-hash-wrong']);
  });

  test.each<[string, string, Parameters<typeof makeAbOta>[0]]>([
    [
      'whose properties tell another size',
      'payload-properties',
      {
        properties: payloadProperties(makePayload(4001)),
      },
    ],
    ['whose properties are none', 'payload-properties', { properties: 'FILE_HASH=xyz\n' }],
    ['whose payload is none', 'payload-header', { payload: Buffer.alloc(500, 1) }],
    ['whose payload is shorter than a header', 'payload-header', { payload: Buffer.from('CrAU') }],
    [
      'whose manifest reaches beyond the payload',
      'payload-header',
      {
        payload: Buffer.from(makePayload().fill(0xff, 12, 20)),
      },
    ],
    ['whose metadata says nothing', 'no-metadata', { metadata: { hello: 'world' } }],
  ])('%s is refused', async (_name, reason, plan) => {
    expect(reasons(await inspect(signWhole(makeAbOta(plan), vendor)))).toEqual([reason]);
  });

  test('whose payload is compressed is refused: terminals read it in place', async () => {
    const payload = makePayload();
    const zip = makeZip([
      { name: metadataName, content: 'ota-type=AB\n' },
      { name: 'payload.bin', content: payload, deflate: true },
      { name: 'payload_properties.txt', content: payloadProperties(payload) },
    ]);
    expect(reasons(await inspect(signWhole(zip, vendor)))).toEqual(['entry-compressed']);
  });
});

describe('a block update', () => {
  test('shows what its script asks for', async () => {
    const script = 'getprop("ro.product.device") == "M1" || abort("no");';
    const ota = await inspect(signWhole(makeBlockOta(script), vendor));
    expect(ota).toMatchObject({ verdict: 'good', content: 'script', payload: null });
    expect(ota.scriptDemands).toEqual([{ property: 'ro.product.device', value: 'M1' }]);
  });

  test('with nothing to run is refused', async () => {
    const zip = makeZip([{ name: metadataName, content: 'ota-type=BLOCK\n' }]);
    expect(reasons(await inspect(signWhole(zip, vendor)))).toEqual(['no-updater']);
  });
});

describe('what is no update', () => {
  test.each([
    ['an empty file', Buffer.alloc(0)],
    ['noise', Buffer.alloc(3000, 0xff)],
    ['a zip of something else', makeZip([{ name: 'readme.txt', content: 'hi' }])],
  ])('%s is refused', async (_name, bytes) => {
    expect((await inspect(bytes)).verdict).toBe('refused');
  });
});

test('a large package is read in small pieces', async () => {
  const file = inMemory(signWhole(makeAbOta({ payload: makePayload(40e6) }), vendor));
  const seen: number[] = [];
  const work = inspectOta(file, certificates);
  let step = await work.next();
  for (; step.done !== true; step = await work.next()) seen.push(step.value.doneBytes);
  expect(step.value.verdict).toBe('good');
  expect(file.largestReadBytes).toBeLessThanOrEqual(256 * 1024);
  expect(seen.length).toBeGreaterThan(2);
  expect(seen.at(-1)).toBe(file.sizeBytes);
});

test('two signatures of one vendor over different packages can’t be exchanged', async () => {
  const one = makeAbOta();
  const other = makeAbOta({ metadata: { ...fullMetadata, 'pre-device': 'M2' } });
  const mixed = withComment(one.subarray(0, -2), vendor.sign(other.subarray(0, -2)));
  expect((await inspect(mixed)).signature).toMatchObject({ state: 'wrong', problem: 'altered' });
});
