/**
 * A training CA made at the start and gone at the end, and what it issues: nothing is on disk that
 * anybody could come to trust. Certificates are X.509 v3 (RFC 5280) with ECDSA over P-256; names
 * stand in subjectAltName, as clients look nowhere else (RFC 6125).
 */
import { KeyObject, webcrypto, X509Certificate } from 'node:crypto';
import { isIPv4 } from 'node:net';
import { BitString, Integer, OctetString, Utf8String } from 'asn1js';
import {
  AttributeTypeAndValue,
  BasicConstraints,
  Certificate,
  Extension,
  GeneralName,
  GeneralNames,
  Time,
  TimeType,
} from 'pkijs';

type CryptoKeyPair = webcrypto.CryptoKeyPair;

/** What a server needs: PEM, the key in PKCS #8. */
export interface ServerIdentity {
  readonly key: string;
  readonly cert: string;
}

export interface Validity {
  readonly fromMs: number;
  readonly toMs: number;
}

const DAY_MS = 86_400_000;
const FIRST_GENERALIZED_YEAR = 2050;
const curve = { name: 'ECDSA', namedCurve: 'P-256' } as const;

const oid = {
  commonName: '2.5.4.3',
  basicConstraints: '2.5.29.19',
  keyUsage: '2.5.29.15',
  subjectAltName: '2.5.29.17',
} as const;
/** subjectAltName's kinds of name (RFC 5280, 4.2.1.6). */
const DNS_NAME = 2;
const IP_ADDRESS = 7;
/** Bit 5 keyCertSign and bit 6 cRLSign; bit 0 digitalSignature (RFC 5280, 4.2.1.3). */
const CA_USAGE = { bits: 0x06, unusedBits: 1 } as const;
const SERVER_USAGE = { bits: 0x80, unusedBits: 7 } as const;

export class TrainingCa {
  readonly pem: string;
  readonly #certificate: Certificate;
  readonly #keys: CryptoKeyPair;

  private constructor(certificate: Certificate, keys: CryptoKeyPair) {
    this.#certificate = certificate;
    this.#keys = keys;
    this.pem = pemOf(certificate);
  }

  /** `name`: its common name. Good for a month, either way of now. */
  static async make(name: string): Promise<TrainingCa> {
    const keys = await newKeys();
    const certificate = blank(name, around(Date.now(), 30 * DAY_MS));
    setName(certificate, 'issuer', name);
    await certificate.subjectPublicKeyInfo.importKey(keys.publicKey);
    const constraints = new BasicConstraints({ cA: true }).toSchema().toBER();
    certificate.extensions = [
      new Extension({ extnID: oid.basicConstraints, critical: true, extnValue: constraints }),
      keyUsage(CA_USAGE),
    ];
    await certificate.sign(keys.privateKey, 'SHA-256');
    return new TrainingCa(certificate, keys);
  }

  /** A server's certificate; `names` are DNS names or IPv4 addresses. */
  async issue(names: readonly string[], validity: Validity): Promise<ServerIdentity> {
    const keys = await newKeys();
    const certificate = blank(names[0] ?? '', validity);
    certificate.issuer = this.#certificate.subject;
    await certificate.subjectPublicKeyInfo.importKey(keys.publicKey);
    const altNames = new GeneralNames({ names: names.map(generalName) }).toSchema().toBER();
    certificate.extensions = [
      keyUsage(SERVER_USAGE),
      new Extension({ extnID: oid.subjectAltName, critical: false, extnValue: altNames }),
    ];
    await certificate.sign(this.#keys.privateKey, 'SHA-256');
    const key = KeyObject.from(keys.privateKey).export({ type: 'pkcs8', format: 'pem' });
    return { key: key.toString(), cert: pemOf(certificate) };
  }
}

export const around = (atMs: number, eachWayMs: number): Validity => ({
  fromMs: atMs - eachWayMs,
  toMs: atMs + eachWayMs,
});

async function newKeys(): Promise<CryptoKeyPair> {
  return await webcrypto.subtle.generateKey(curve, true, ['sign', 'verify']);
}

function blank(subject: string, { fromMs, toMs }: Validity): Certificate {
  const certificate = new Certificate();
  const VERSION_3 = 2;
  certificate.version = VERSION_3;
  const serial = webcrypto.getRandomValues(new Uint8Array(8));
  // Positive, and never a leading zero byte.
  serial[0] = ((serial[0] ?? 0) & 0x3f) | 0x40;
  certificate.serialNumber = new Integer({ valueHex: serial });
  certificate.notBefore = timeOf(fromMs);
  certificate.notAfter = timeOf(toMs);
  setName(certificate, 'subject', subject);
  return certificate;
}

function setName(certificate: Certificate, who: 'subject' | 'issuer', name: string): void {
  const value = new Utf8String({ value: name });
  certificate[who].typesAndValues = [new AttributeTypeAndValue({ type: oid.commonName, value })];
}

function timeOf(atMs: number): Time {
  const value = new Date(atMs);
  const late = value.getUTCFullYear() >= FIRST_GENERALIZED_YEAR;
  return new Time({ type: late ? TimeType.GeneralizedTime : TimeType.UTCTime, value });
}

function keyUsage({ bits, unusedBits }: { bits: number; unusedBits: number }): Extension {
  const value = new BitString({ valueHex: new Uint8Array([bits]), unusedBits });
  return new Extension({ extnID: oid.keyUsage, critical: true, extnValue: value.toBER() });
}

function generalName(name: string): GeneralName {
  if (!isIPv4(name)) return new GeneralName({ type: DNS_NAME, value: name });
  const bytes = new Uint8Array(name.split('.').map(Number));
  return new GeneralName({ type: IP_ADDRESS, value: new OctetString({ valueHex: bytes }) });
}

function pemOf(certificate: Certificate): string {
  return new X509Certificate(Buffer.from(certificate.toSchema(true).toBER())).toString();
}
