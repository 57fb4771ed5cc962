/**
 * Who signed an update, by recovery's rules. Every certificate that may have signed it listens while
 * the file is read once; its own certificate, carried along, tells an update that somebody else
 * signed from one that was changed after it was signed.
 */
import { createVerify, type Verify } from 'node:crypto';
import type { RandomAccess } from '../random-access.ts';
import type { Listener } from '../streaming.ts';
import {
  signerCertificate,
  type CertificateKeyKind,
  type SignerCertificate,
  type VendorCertificate,
} from '../vendor-certificate.ts';
import { parseDetachedSignature } from './cms.ts';
import { readFooter, type FooterProblem } from './whole-file-footer.ts';

export type OtaSignatureProblem =
  | FooterProblem
  /** The comment holds no signature that can be read. */
  | 'no-cms'
  /** Recovery does not verify signatures of attributes. */
  | 'signed-attributes'
  /** The signature is not of these bytes. */
  | 'altered';

export interface OtaSignature {
  readonly state: 'valid' | 'unknown-key' | 'unsigned' | 'wrong';
  /** Of the vendor's certificate that verified it. */
  readonly keyName: string | null;
  /** SHA-256 of the signer's certificate, hex; null: the update carries none. */
  readonly signer: string | null;
  readonly kind: CertificateKeyKind | null;
  readonly digest: 'sha1' | 'sha256' | null;
  /** With `wrong`. */
  readonly problem: OtaSignatureProblem | null;
}

export interface SignatureCheck {
  /** To be fed before `result` is asked for. */
  readonly listeners: readonly Listener[];
  result(): OtaSignature;
}

const nothing: OtaSignature = {
  state: 'unsigned',
  keyName: null,
  signer: null,
  kind: null,
  digest: null,
  problem: null,
};

interface Candidate {
  readonly certificate: SignerCertificate;
  /** null: the update's own. */
  readonly name: string | null;
  readonly verify: Verify;
}

/** Reads the end of the file only. Throws as its `read`. */
export async function prepareSignatureCheck(
  file: RandomAccess,
  vendor: readonly VendorCertificate[],
): Promise<SignatureCheck> {
  const footer = await readFooter(file);
  if (footer.state === 'unsigned') return settled(nothing);
  if (footer.state === 'wrong') return settled(wrong(footer.problem));
  const cms = parseDetachedSignature(footer.cms);
  if (cms === null) return settled(wrong('no-cms'));
  const own = signerCertificate(cms.certificates[0] ?? new Uint8Array());
  if (cms.hasAttributes) return settled(wrong('signed-attributes', own));
  const candidates = candidatesOf(vendor, own);
  return {
    listeners: candidates.map(({ verify: sink }) => ({
      startBytes: 0,
      endBytes: footer.signedBytes,
      sink,
    })),
    result: () => judge(candidates, own, cms.signature),
  };
}

function candidatesOf(
  vendor: readonly VendorCertificate[],
  own: SignerCertificate | null,
): Candidate[] {
  const named = vendor.map((certificate) => candidate(certificate, certificate.name));
  const isListed = vendor.some((one) => own !== null && one.key.equals(own.key));
  return own === null || isListed ? named : [...named, candidate(own, null)];
}

function candidate(certificate: SignerCertificate, name: string | null): Candidate {
  return { certificate, name, verify: createVerify(certificate.digest) };
}

function judge(
  candidates: readonly Candidate[],
  own: SignerCertificate | null,
  signature: Uint8Array,
): OtaSignature {
  const verified = candidates.filter(({ certificate, verify }) => {
    try {
      return verify.verify(certificate.key, signature);
    } catch {
      return false;
    }
  });
  const signer = own?.sha256 ?? null;
  const [by] = verified;
  if (by) {
    const { kind, digest } = by.certificate;
    const state = by.name === null ? 'unknown-key' : 'valid';
    return { ...nothing, state, keyName: by.name, signer, kind, digest };
  }
  return own === null ? { ...nothing, state: 'unknown-key' } : wrong('altered', own);
}

function wrong(problem: OtaSignatureProblem, own: SignerCertificate | null = null): OtaSignature {
  const { sha256: signer, kind, digest } = own ?? { sha256: null, kind: null, digest: null };
  return { state: 'wrong', keyName: null, signer, kind, digest, problem };
}

function settled(signature: OtaSignature): SignatureCheck {
  return { listeners: [], result: () => signature };
}
