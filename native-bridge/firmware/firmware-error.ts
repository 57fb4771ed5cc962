/**
 * What this folder throws and collects: a fault code of the contract plus facts. Its words live
 * in wording/.
 *
 * | code | facts |
 * |---|---|
 * | file-missing, file-unreadable | file |
 * | file-too-large | file, sizeBytes, maxBytes |
 * | key-unreadable | file, reason, why |
 * | image-not-mcuboot | found, kind |
 * | image-truncated | sizeBytes, expectedBytes |
 * | image-malformed | reason, why, offsetBytes |
 * | image-hash-wrong | found, expected (hex) |
 * | image-signature-wrong | key |
 * | image-key-unknown | keyHash (hex, empty where the image names none) |
 * | image-unsigned, image-encrypted | – |
 * | image-too-large | sizeBytes, maxBytes |
 * | image-older | version, installed |
 * | file-changed | file |
 * | package-malformed | reason, why, entry |
 * | disk-full, data-folder-unwritable | folder |
 *
 * `why` and `kind` are words in each language (`why.zh-CN`, `why.en`) for the codes beside them.
 */
import type { Facts } from '../contract/common.ts';
import type { Fault, FaultCode } from '../contract/fault.ts';
import { say } from '../wording/index.ts';

export type FirmwareErrorCode = Extract<
  FaultCode,
  | 'file-missing'
  | 'file-unreadable'
  | 'file-too-large'
  | 'file-changed'
  | 'package-malformed'
  | 'disk-full'
  | 'data-folder-unwritable'
  | 'key-unreadable'
  | `image-${'not-mcuboot' | 'truncated' | 'malformed' | 'hash-wrong' | 'signature-wrong'}`
  | `image-${'key-unknown' | 'unsigned' | 'encrypted' | 'too-large' | 'older'}`
>;

/** Why a file that begins like an MCUboot image is not one. */
export type MalformedReason =
  | 'header-size'
  | 'protected-size'
  | 'tlv-magic'
  | 'tlv-size'
  | 'tlv-overrun'
  | 'tlv-length'
  | 'tlv-not-allowed'
  | 'tlv-twice'
  | 'too-many-tlvs'
  | 'no-hash'
  | 'hash-for-signature'
  | 'no-encryption-key'
  | 'data-after-end';

/** Why a key cannot be used. */
export type KeyReason =
  'not-pem' | 'private' | 'unsupported' | 'no-certificate' | 'certificate-unsupported';

/** Why an update, a factory package or an app can't be taken for what it should be. */
export type PackageReason =
  | 'not-zip'
  | 'directory-damaged'
  | 'too-many-entries'
  | 'bad-name'
  | 'absurd-size'
  | 'overlap'
  | 'headers-disagree'
  | 'entry-twice'
  | 'entry-missing'
  | 'entry-too-large'
  | 'entry-damaged'
  | 'entry-encrypted'
  | 'entry-method'
  | 'entry-compressed'
  | 'no-metadata'
  | 'no-updater'
  | 'payload-header'
  | 'payload-properties'
  | 'sparse-header'
  | 'sparse-chunk'
  | 'sparse-totals'
  | 'sparse-repeats'
  | 'requirements'
  | 'tasks'
  | 'no-images'
  | 'vbmeta'
  | 'vbmeta-chain'
  | 'image-digest'
  | 'manifest'
  | 'signing-block';

/** What a file is that is no image, as far as its first bytes tell. */
export type FileKind =
  'empty' | 'elf' | 'intel-hex' | 'zip' | 'gzip' | 'uf2' | 'old-mcuboot' | 'other';

export class FirmwareError extends Error {
  override readonly name = 'FirmwareError';
  readonly code: FirmwareErrorCode;
  readonly facts: Facts;

  constructor(code: FirmwareErrorCode, facts: Facts = {}, options?: ErrorOptions) {
    super(`${code} ${JSON.stringify(facts)}`, options);
    this.code = code;
    this.facts = facts;
  }

  get fault(): Fault {
    return { code: this.code, facts: this.facts, trace: [] };
  }
}

export function malformed(reason: MalformedReason, offsetBytes: number): FirmwareError {
  const why = inWords('why', `image_wrong_${reason}`);
  return new FirmwareError('image-malformed', { reason, ...why, offsetBytes });
}

export function notMcuboot(found: FileKind): FirmwareError {
  const kind = found === 'other' ? {} : inWords('kind', `image_kind_${found}`);
  return new FirmwareError('image-not-mcuboot', { found, ...kind });
}

export function keyUnreadable(file: string, reason: KeyReason, cause?: unknown): FirmwareError {
  const facts = { file, reason, ...inWords('why', `key_wrong_${reason}`) };
  return new FirmwareError('key-unreadable', facts, { cause });
}

export function packageMalformed(
  reason: PackageReason,
  facts: Facts = {},
  cause?: unknown,
): FirmwareError {
  const why = inWords('why', `package_wrong_${reason}`);
  return new FirmwareError('package-malformed', { reason, ...why, ...facts }, { cause });
}

/** A fact in words of either language, in English for who reads the facts. */
function inWords(name: string, code: string): Facts {
  const sentence = { key: code.replaceAll('-', '_'), facts: {} };
  const en = say(sentence, 'en');
  return { [name]: en, [`${name}.en`]: en, [`${name}.zh-CN`]: say(sentence, 'zh-CN') };
}
