/**
 * What this folder throws and collects: a fault code of the contract plus facts. Its words live
 * in wording/.
 *
 * | code | facts |
 * |---|---|
 * | file-missing, file-unreadable | file |
 * | file-too-large | file, sizeBytes, maxBytes |
 * | key-unreadable | file, reason: `not-pem`, `private`, `unsupported` |
 * | image-not-mcuboot | found: `empty`, `elf`, `intel-hex`, `zip`, `gzip`, `uf2`, `old-mcuboot`, `other` |
 * | image-truncated | sizeBytes, expectedBytes |
 * | image-malformed | reason (see `MalformedReason`), offsetBytes |
 * | image-hash-wrong | found, expected (hex) |
 * | image-signature-wrong | key |
 * | image-key-unknown | keyHash (hex, empty where the image names none) |
 * | image-unsigned, image-encrypted | – |
 * | image-too-large | sizeBytes, maxBytes |
 * | image-older | version, installed |
 */
import type { Facts } from '../contract/common.ts';
import type { Fault, FaultCode } from '../contract/fault.ts';

export type FirmwareErrorCode = Extract<
  FaultCode,
  | 'file-missing'
  | 'file-unreadable'
  | 'file-too-large'
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
  return new FirmwareError('image-malformed', { reason, offsetBytes });
}
