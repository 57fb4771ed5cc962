/**
 * A vendor's certificate as recovery uses one: for its key and its digest alone. Dates, issuer and
 * extensions are not looked at (bootable/recovery, install/verifier.cpp); which digest an update is
 * signed over follows from how the certificate itself is signed.
 */
import { createHash, X509Certificate, type KeyObject } from 'node:crypto';
import { fromBER, ObjectIdentifier, Sequence } from 'asn1js';
import { keyUnreadable } from './firmware-error.ts';

export type CertificateKeyKind = 'rsa-2048' | 'rsa-3072' | 'rsa-4096' | 'p256';

export interface SignerCertificate {
  readonly kind: CertificateKeyKind;
  readonly digest: 'sha1' | 'sha256';
  readonly key: KeyObject;
  /** Of its DER form, hex. */
  readonly sha256: string;
}

export interface VendorCertificate extends SignerCertificate {
  readonly name: string;
}

const digestsByOid: Readonly<Record<string, SignerCertificate['digest']>> = {
  '1.2.840.113549.1.1.5': 'sha1',
  '1.2.840.113549.1.1.11': 'sha256',
  '1.2.840.10045.4.1': 'sha1',
  '1.2.840.10045.4.3.2': 'sha256',
};

/** The first certificate of a PEM file. Throws FirmwareError `key-unreadable`. */
export function readVendorCertificate(name: string, pem: string): VendorCertificate {
  if (/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(pem)) throw keyUnreadable(name, 'private');
  if (!pem.includes('-----BEGIN CERTIFICATE-----')) throw keyUnreadable(name, 'no-certificate');
  let der: Uint8Array;
  try {
    der = new X509Certificate(pem).raw;
  } catch (error) {
    throw keyUnreadable(name, 'no-certificate', error);
  }
  const certificate = signerCertificate(der);
  if (certificate === null) throw keyUnreadable(name, 'certificate-unsupported');
  return { name, ...certificate };
}

/** null: no certificate, or none that recovery could use. */
export function signerCertificate(der: Uint8Array): SignerCertificate | null {
  const digest = digestsByOid[signatureOid(der) ?? ''];
  if (digest === undefined) return null;
  try {
    const key = new X509Certificate(der).publicKey;
    const kind = kindOf(key);
    const sha256 = createHash('sha256').update(der).digest('hex');
    return kind === null ? null : { kind, digest, key, sha256 };
  } catch {
    return null;
  }
}

/** RFC 5280, 4.1: the certificate's second field names the algorithm. */
function signatureOid(der: Uint8Array): string | null {
  const { result } = fromBER(Uint8Array.from(der).buffer);
  if (!(result instanceof Sequence)) return null;
  const algorithm = result.valueBlock.value[1];
  const oid = algorithm instanceof Sequence ? algorithm.valueBlock.value[0] : undefined;
  return oid instanceof ObjectIdentifier ? oid.valueBlock.toString() : null;
}

function kindOf({ asymmetricKeyType, asymmetricKeyDetails }: KeyObject): CertificateKeyKind | null {
  if (asymmetricKeyType === 'ec') {
    return asymmetricKeyDetails?.namedCurve === 'prime256v1' ? 'p256' : null;
  }
  if (asymmetricKeyType !== 'rsa') return null;
  switch (asymmetricKeyDetails?.modulusLength) {
    case 2048:
      return 'rsa-2048';
    case 3072:
      return 'rsa-3072';
    case 4096:
      return 'rsa-4096';
    default:
      return null;
  }
}
