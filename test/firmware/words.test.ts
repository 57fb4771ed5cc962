/** What is wrong with an image or a key is said in both languages. */
import { expect, test } from 'vitest';
import {
  keyUnreadable,
  malformed,
  notMcuboot,
  packageMalformed,
  type FileKind,
  type FirmwareError,
  type KeyReason,
  type MalformedReason,
  type PackageReason,
} from '../../native-bridge/firmware/firmware-error.ts';
import { faultWords } from '../../native-bridge/wording/index.ts';

const reasons: Record<MalformedReason, true> = {
  'header-size': true,
  'protected-size': true,
  'tlv-magic': true,
  'tlv-size': true,
  'tlv-overrun': true,
  'tlv-length': true,
  'tlv-not-allowed': true,
  'tlv-twice': true,
  'too-many-tlvs': true,
  'no-hash': true,
  'hash-for-signature': true,
  'no-encryption-key': true,
  'data-after-end': true,
};
const kinds: Record<FileKind, true> = {
  empty: true,
  elf: true,
  'intel-hex': true,
  zip: true,
  gzip: true,
  uf2: true,
  'old-mcuboot': true,
  other: true,
};
const keyReasons: Record<KeyReason, true> = {
  'not-pem': true,
  private: true,
  unsupported: true,
  'no-certificate': true,
  'certificate-unsupported': true,
};
const packageReasons: Record<PackageReason, true> = {
  'not-zip': true,
  'directory-damaged': true,
  'too-many-entries': true,
  'bad-name': true,
  'absurd-size': true,
  overlap: true,
  'headers-disagree': true,
  'entry-twice': true,
  'entry-missing': true,
  'entry-too-large': true,
  'entry-damaged': true,
  'entry-encrypted': true,
  'entry-method': true,
  'entry-compressed': true,
  'no-metadata': true,
  'no-updater': true,
  'payload-header': true,
  'payload-properties': true,
  'sparse-header': true,
  'sparse-chunk': true,
  'sparse-totals': true,
  'sparse-repeats': true,
  requirements: true,
  tasks: true,
  'no-images': true,
  vbmeta: true,
  'vbmeta-chain': true,
  'image-digest': true,
  manifest: true,
  'signing-block': true,
};

const errors: [string, FirmwareError][] = [
  ...(Object.keys(reasons) as MalformedReason[]).map((reason): [string, FirmwareError] => [
    reason,
    malformed(reason, 8),
  ]),
  ...(Object.keys(kinds) as FileKind[]).map((kind): [string, FirmwareError] => [
    kind,
    notMcuboot(kind),
  ]),
  ...(Object.keys(keyReasons) as KeyReason[]).map((reason): [string, FirmwareError] => [
    reason,
    keyUnreadable('vendor.pem', reason),
  ]),
  ...(Object.keys(packageReasons) as PackageReason[]).map((reason): [string, FirmwareError] => [
    reason,
    packageMalformed(reason, { entry: 'payload.bin' }),
  ]),
];

test.each(errors)('%s reads well in Chinese and in English', (_name, { fault }) => {
  const zh = faultWords(fault, 'zh-CN').what;
  const en = faultWords(fault, 'en').what;
  expect(`${zh}${en}`).not.toMatch(/\[|\]|undefined|_/);
  expect(zh).toMatch(/[\u4e00-\u9fff]/);
  expect(en).not.toMatch(/[\u4e00-\u9fff]/);
});

test('the words name what the file really is', () => {
  expect(faultWords(notMcuboot('elf').fault, 'en').what).toBe(
    'This is an ELF program for debuggers, not an MCUboot image',
  );
});
