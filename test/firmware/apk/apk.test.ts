/** Apps: what they are, who signed them, whether they are whole. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  inspectApk,
  judgeApk,
  type ApkTarget,
} from '../../../native-bridge/firmware/apk/inspect-apk.ts';
import { readManifest } from '../../../native-bridge/firmware/apk/manifest.ts';
import { signersFor } from '../../../native-bridge/firmware/apk/seen-signers.ts';
import { FirmwareError } from '../../../native-bridge/firmware/firmware-error.ts';
import { readVendorCertificate } from '../../../native-bridge/firmware/vendor-certificate.ts';
import { say } from '../../../native-bridge/wording/index.ts';
import { inMemory, resultOf } from '../../support/in-memory.ts';
import { makeApk, makeManifest, type ApkPlan } from '../../support/make-apk.ts';
import { makeSigner } from '../../support/signer.ts';

const rsa = makeSigner();
const ec = makeSigner('p256');
const inspect = (bytes: Uint8Array) => resultOf(inspectApk(inMemory(bytes)));
const reasons = ({ faults }: Awaited<ReturnType<typeof inspect>>) =>
  faults.map(({ code, facts }) => facts['reason'] ?? facts['problem'] ?? code);
const certificateOf = (pem: string) => readVendorCertificate('x', pem).sha256;

describe('a manifest', () => {
  test.each([true, false])('names app and version; strings in UTF-8: %s', (utf8) => {
    expect(readManifest(makeManifest({ utf8 }))).toEqual({
      packageName: 'com.acme.pay',
      versionCode: 42,
      versionName: '1.2.3',
      minSdkVersion: 24,
      split: null,
    });
  });

  test('has a version code of 64 bits, and names a part of an app', () => {
    const manifest = readManifest(makeManifest({ versionCodeMajor: 3, split: 'config.arm64' }));
    expect(manifest).toMatchObject({ versionCode: 3 * 2 ** 32 + 42, split: 'config.arm64' });
  });

  test('is named by the attribute that Android takes, whatever id stands beside it', () => {
    expect(readManifest(makeManifest({ idsForAll: true })).packageName).toBe('com.acme.pay');
  });

  test.each([
    ['another root', makeManifest({ root: 'resources' })],
    ['a name that is none', makeManifest({ packageName: '../../etc' })],
    ['no name', makeManifest({ packageName: '' })],
    ['text in place of binary', Buffer.from('<manifest package="com.acme.pay"/>')],
    ['nothing', Buffer.alloc(0)],
  ])('with %s is refused', (_what, bytes) => {
    expect(() => readManifest(bytes)).toThrow(FirmwareError);
  });

  test('changed at will is read or refused, never another error', () => {
    const whole = makeManifest();
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { minLength: 1 }),
        (changes) => {
          const bytes = Buffer.from(whole);
          for (const [at, value] of changes) bytes[at] = value;
          try {
            readManifest(bytes);
          } catch (error) {
            expect(error).toBeInstanceOf(FirmwareError);
          }
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('a signature', () => {
  test.each<[string, ApkPlan]>([
    ['RSA, SHA-256', { signer: rsa, algorithm: 0x0103 }],
    ['RSA, SHA-512', { signer: rsa, algorithm: 0x0104 }],
    ['RSA-PSS, SHA-256', { signer: rsa, algorithm: 0x0101 }],
    ['RSA-PSS, SHA-512, version 3', { signer: rsa, algorithm: 0x0102, scheme: 3 }],
    ['ECDSA, SHA-256', { signer: ec, algorithm: 0x0201 }],
    ['ECDSA, SHA-512, version 3', { signer: ec, algorithm: 0x0202, scheme: 3 }],
  ])('by %s is valid', async (_what, plan) => {
    const apk = await inspect(makeApk(plan));
    expect(apk).toMatchObject({ verdict: 'good', faults: [] });
    expect(apk.signature).toEqual({
      state: 'valid',
      scheme: plan.scheme ?? 2,
      certificates: [certificateOf(plan.signer?.certificatePem ?? '')],
      signers: [
        {
          scheme: plan.scheme ?? 2,
          minSdk: plan.scheme === 3 ? 28 : 0,
          maxSdk: 0x7fffffff,
          certificate: certificateOf(plan.signer?.certificatePem ?? ''),
          shortHash: expect.stringMatching(/^[0-9a-f]{1,8}$/) as string,
        },
      ],
      problem: null,
    });
  });

  test('over several chunks is valid', async () => {
    const more = [{ name: 'assets/big', content: Buffer.alloc(3_500_000, 'x') }];
    expect((await inspect(makeApk({ signer: ec, algorithm: 0x0201, more }))).verdict).toBe('good');
  });

  test('with a changed byte of content is refused', async () => {
    const bytes = makeApk({ signer: rsa, more: [{ name: 'a', content: 'payment', padding: 4 }] });
    const padding = bytes.indexOf('payment') - 1;
    bytes[padding] = 1;
    expect(reasons(await inspect(bytes))).toEqual(['altered']);
  });

  test('with a changed comment of the zip is refused', async () => {
    const bytes = Buffer.concat([makeApk({ signer: rsa }), Buffer.from('x')]);
    bytes.writeUInt16LE(1, bytes.length - 3);
    expect(reasons(await inspect(bytes))).toEqual(['altered']);
  });

  test('by another key than the certificate’s is refused', async () => {
    const certificate = makeSigner().certificatePem;
    expect(reasons(await inspect(makeApk({ signer: rsa, certificate })))).toEqual(['certificate']);
  });

  test('that is none is refused, and one of an unknown kind', async () => {
    const bytes = makeApk({ signer: rsa });
    const at = bytes.indexOf(Buffer.from('03010000', 'hex'));
    const unknown = Buffer.from(bytes);
    unknown.writeUInt32LE(0x0999, bytes.indexOf(Buffer.from('03010000', 'hex'), at + 4));
    expect(reasons(await inspect(unknown))).toEqual(['algorithm']);
    bytes.writeUInt8(bytes.readUInt8(at + 8) ^ 1, at + 8);
    expect(reasons(await inspect(bytes))).toEqual(['signature']);
  });

  test('with any bit of it changed is never valid by another signer', async () => {
    const whole = makeApk({ signer: ec, algorithm: 0x0201 });
    const [start, end] = [
      whole.indexOf(Buffer.from('1a870971', 'hex')) - 8,
      whole.indexOf('APK Sig Block 42'),
    ];
    const own = certificateOf(ec.certificatePem);
    for (let at = start; at < end; at += 3) {
      const bytes = Buffer.from(whole);
      bytes[at] = (bytes[at] ?? 0) ^ 0x10;
      const { signature } = await inspect(bytes);
      if (signature?.state === 'valid') expect(signature.certificates).toEqual([own]);
    }
  });

  test('by both versions counts by the newer one, and names the older one’s signer', async () => {
    const plan = { scheme: 3, signer: rsa, olderSigner: makeSigner(), namesThird: true } as const;
    const { verdict, signature } = await inspect(makeApk(plan));
    expect(verdict).toBe('good');
    expect(signature).toMatchObject({
      scheme: 3,
      certificates: [certificateOf(rsa.certificatePem)],
      signers: [
        { scheme: 3, certificate: certificateOf(rsa.certificatePem) },
        { scheme: 2, certificate: certificateOf(plan.olderSigner.certificatePem) },
      ],
    });
  });

  test.each([
    [27, 'older'],
    [28, 'own'],
    [32, 'own'],
    [33, 'rotated'],
    [36, 'rotated'],
    [null, 'rotated'],
  ])('with version 3.1, too, is to Android API %s that of its %s key', async (sdkLevel, whose) => {
    const keys = { older: makeSigner(), own: rsa, rotated: makeSigner() };
    const { older: olderSigner, own: signer, rotated: rotatedSigner } = keys;
    const plan = { scheme: 3, signer, olderSigner, rotatedSigner, namesRotation: true } as const;
    const { verdict, signature } = await inspect(makeApk(plan));
    expect([verdict, signature?.scheme]).toEqual(['good', 3.1]);
    const expected = keys[whose as keyof typeof keys].certificatePem;
    const seen = signature && signersFor(signature, sdkLevel);
    expect(seen?.map(({ certificate }) => certificate)).toEqual([certificateOf(expected)]);
  });

  test('of version 3.1 that is for a later Android leaves the one before to version 3', async () => {
    const plan = {
      scheme: 3,
      signer: rsa,
      rotatedSigner: makeSigner(),
      rotatesFromSdk: 34,
    } as const;
    const { signature } = await inspect(makeApk(plan));
    const seen = signature && signersFor(signature, 33);
    expect(seen).toMatchObject([{ scheme: 3, certificate: certificateOf(rsa.certificatePem) }]);
  });

  test('of version 3.1 that was taken out is missed by the one of version 3', async () => {
    const bytes = makeApk({ scheme: 3, signer: rsa, namesRotation: true });
    expect(reasons(await inspect(bytes))).toEqual(['newer-missing']);
  });

  test('that is wrong in version 3.1 alone is refused: Android 13 reads that', async () => {
    const bytes = makeApk({ scheme: 3, signer: rsa, rotatedSigner: makeSigner() });
    const rotated = bytes.indexOf(Buffer.from('61ad931b', 'hex'));
    const at = bytes.indexOf(Buffer.from('03010000', 'hex'), rotated) + 8;
    bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at);
    expect(reasons(await inspect(bytes))).toEqual(['signature']);
  });

  test('that is good by version 3 alone is refused: Android 8 reads the other one', async () => {
    const bytes = makeApk({ scheme: 3, signer: rsa, olderSigner: rsa });
    const older = bytes.indexOf(Buffer.from('1a870971', 'hex'));
    const at = bytes.indexOf(Buffer.from('03010000', 'hex'), older) + 8;
    bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at);
    expect(reasons(await inspect(bytes))).toEqual(['signature']);
  });

  test('of version 3 that was taken out is missed by the one of version 2', async () => {
    const bytes = makeApk({ signer: rsa, namesThird: true });
    expect(reasons(await inspect(bytes))).toEqual(['newer-missing']);
  });

  test('for other Androids than its signer said is refused', async () => {
    const bytes = makeApk({ signer: rsa, scheme: 3, unsignedMinSdk: 33 });
    expect(reasons(await inspect(bytes))).toEqual(['signing-block']);
  });

  test('of the old kind alone is named, not verified', async () => {
    const more = ['MANIFEST.MF', 'CERT.SF', 'CERT.RSA'].map((name) => ({
      name: `META-INF/${name}`,
      content: 'x',
    }));
    const apk = await inspect(makeApk({ more }));
    expect(apk).toMatchObject({
      verdict: 'cannot-verify',
      signature: { state: 'v1-only', scheme: 1 },
    });
  });

  test('that is missing is said to be', async () => {
    expect(reasons(await inspect(makeApk()))).toEqual(['image-unsigned']);
  });

  test('whose block lies about its size is refused', async () => {
    for (const size of [0, 23, 2 ** 31]) {
      const bytes = makeApk({ signer: rsa });
      bytes.writeUInt32LE(size, bytes.indexOf('APK Sig Block 42') - 8);
      expect(reasons(await inspect(bytes))).toEqual(['signing-block']);
    }
  });
});

test('what is no app is refused', async () => {
  expect(reasons(await inspect(Buffer.alloc(1000)))).toEqual(['not-zip']);
  expect(reasons(await inspect(makeApk({ manifest: Buffer.from('hi') })))).toEqual(['manifest']);
});

test('an inspection’s progress never goes back and ends at the end', async () => {
  const seen: number[] = [];
  for await (const { doneBytes, totalBytes } of inspectApk(inMemory(makeApk({ signer: rsa })))) {
    seen.push(doneBytes / totalBytes);
  }
  expect(seen).toEqual(seen.toSorted((a, b) => a - b));
  expect(seen.at(-1)).toBeGreaterThan(0.5);
});

describe('against a terminal', () => {
  const target: ApkTarget = {
    packageName: 'com.acme.pay',
    certificates: [certificateOf(rsa.certificatePem)],
    installedVersionCode: 41,
    sdkLevel: 30,
  };
  async function judge(plan: ApkPlan = {}, changes: Partial<ApkTarget> = {}) {
    const objections = judgeApk(await inspect(makeApk({ signer: rsa, ...plan })), {
      ...target,
      ...changes,
    });
    for (const { code, facts } of objections) {
      const words = say({ key: `blocker_${code.replaceAll('-', '_')}`, facts }, 'en');
      expect(words).not.toMatch(/\[|undefined|not given/);
    }
    return objections.map(({ code }) => code);
  }

  test('the right app has nothing against it', async () => {
    expect(await judge()).toEqual([]);
    const shown = target.certificates[0]?.toUpperCase().replace(/..(?!$)/g, '$&:') ?? '';
    expect(await judge({}, { certificates: [shown] })).toEqual([]);
  });

  test.each<[string, string[], ApkPlan, Partial<ApkTarget>]>([
    ['another app', ['apk-other-app'], { manifest: { packageName: 'com.acme.game' } }, {}],
    ['another signer', ['apk-other-signer'], { signer: ec, algorithm: 0x0201 }, {}],
    ['an older version', ['apk-older'], {}, { installedVersionCode: 43 }],
    ['a newer Android', ['apk-needs-android'], { manifest: { minSdkVersion: 33 } }, {}],
    ['a part of an app', ['apk-part'], { manifest: { split: 'config.xhdpi' } }, {}],
  ])('%s is refused', async (_what, codes, plan, changes) => {
    expect(await judge(plan, changes)).toEqual(codes);
  });

  test('Android 8 and before go by the signer of version 2', async () => {
    const plan = { scheme: 3, signer: rsa, olderSigner: makeSigner() } as const;
    expect(await judge(plan, { sdkLevel: 28 })).toEqual([]);
    expect(await judge(plan, { sdkLevel: 27 })).toEqual(['apk-other-signer']);
    expect(await judge({ ...plan, olderSigner: rsa }, { sdkLevel: 27 })).toEqual([]);
  });

  test('a signature that is for other Androids is refused', async () => {
    const plan = { scheme: 3, signer: rsa, maxSdk: 32 } as const;
    expect(await judge(plan, { sdkLevel: 32 })).toEqual([]);
    expect(await judge(plan, { sdkLevel: 33 })).toEqual(['apk-signed-for-others']);
  });

  test('an unsigned app is refused', async () => {
    const unsigned = judgeApk(await inspect(makeApk()), target).map(({ code }) => code);
    expect(unsigned).toContain('image-refused');
  });
});
