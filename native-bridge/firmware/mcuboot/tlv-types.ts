/**
 * TLV types and what is known of each (MCUboot, bootutil/image.h). The types that the boot loader
 * lets stand outside the protected area are those of its allow list (image_validate.c), which is
 * on by default: an image with another one would be refused after the restart.
 */

export const tlvTypes = {
  keyHash: 0x01,
  publicKey: 0x02,
  keyId: 0x03,
  sha256: 0x10,
  sha384: 0x11,
  sha512: 0x12,
  rsa2048: 0x20,
  ecdsa224: 0x21,
  ecdsa: 0x22,
  rsa3072: 0x23,
  ed25519: 0x24,
  pure: 0x25,
  dependency: 0x40,
  securityCounter: 0x50,
} as const;

const names = new Map<number, string>([
  [tlvTypes.keyHash, 'key hash'],
  [tlvTypes.publicKey, 'public key'],
  [tlvTypes.keyId, 'key ID'],
  [tlvTypes.sha256, 'SHA-256'],
  [tlvTypes.sha384, 'SHA-384'],
  [tlvTypes.sha512, 'SHA-512'],
  [tlvTypes.rsa2048, 'RSA-2048-PSS signature'],
  [tlvTypes.ecdsa224, 'ECDSA-P224 signature'],
  [tlvTypes.ecdsa, 'ECDSA signature'],
  [tlvTypes.rsa3072, 'RSA-3072-PSS signature'],
  [tlvTypes.ed25519, 'Ed25519 signature'],
  [tlvTypes.pure, 'signed without hashing'],
  [0x30, 'encryption key, RSA-OAEP-2048'],
  [0x31, 'encryption key, AES-KW'],
  [0x32, 'encryption key, ECIES-P256'],
  [0x33, 'encryption key, ECIES-X25519'],
  [0x34, 'encryption key, ECIES-X25519-SHA512'],
  [tlvTypes.dependency, 'dependency'],
  [tlvTypes.securityCounter, 'security counter'],
  [0x60, 'boot record'],
  [0x70, 'decompressed size'],
  [0x71, 'decompressed hash'],
  [0x72, 'decompressed signature'],
  [0x73, 'compressed size, decrypted'],
  [0x74, 'vendor UUID'],
  [0x75, 'device class UUID'],
]);

/** Vendors' own types are xxA0 to xxFF (image.h). */
export function nameOfTlv(type: number): string {
  return names.get(type) ?? ((type & 0xff) >= 0xa0 && type !== 0xffff ? 'vendor' : 'unknown');
}

export function isEncryptionKey(type: number): boolean {
  return type >= 0x30 && type <= 0x34;
}

export function mayStandUnprotected(type: number): boolean {
  return (
    (type >= tlvTypes.keyHash && type <= tlvTypes.keyId) ||
    (type >= tlvTypes.sha256 && type <= tlvTypes.sha512) ||
    (type >= tlvTypes.rsa2048 && type <= tlvTypes.pure) ||
    isEncryptionKey(type)
  );
}
