/**
 * The few things that are needed of a CMS SignedData (RFC 5652, 5.1) as recovery reads it: the first
 * signer's signature, and the certificates that came with it. Nothing here is verified.
 */
import {
  Constructed,
  fromBER,
  Integer,
  ObjectIdentifier,
  OctetString,
  Sequence,
  Set as Asn1Set,
  type BaseBlock,
} from 'asn1js';

export interface DetachedSignature {
  readonly signature: Uint8Array;
  /** DER, in order. */
  readonly certificates: readonly Uint8Array[];
  /** It signs attributes in place of the content: recovery can't verify that. */
  readonly hasAttributes: boolean;
}

const signedDataOid = '1.2.840.113549.1.7.2';
const contextClass = 3;

/** null: no SignedData, or one without a signer. Bytes behind it are ignored, as recovery does. */
export function parseDetachedSignature(bytes: Uint8Array): DetachedSignature | null {
  try {
    return read(bytes);
  } catch {
    return null;
  }
}

function read(bytes: Uint8Array): DetachedSignature | null {
  const [type, wrapped] = childrenOf(fromBER(Uint8Array.from(bytes).buffer).result);
  if (!(type instanceof ObjectIdentifier)) return null;
  if (type.valueBlock.toString() !== signedDataOid) return null;
  const [signedData] = childrenOf(wrapped);
  // version, digest algorithms, content, [0] certificates, [1] revocations, signers
  const fields = childrenOf(signedData);
  const [signer] = childrenOf(fields.at(-1));
  if (!(fields.at(-1) instanceof Asn1Set) || !(signer instanceof Sequence)) return null;
  const parts = childrenOf(signer);
  const signature = parts.find((part) => part instanceof OctetString);
  if (!(parts[0] instanceof Integer) || !signature) return null;
  const certificates = childrenOf(fields.find((field) => isTagged(field, 0)));
  return {
    signature: new Uint8Array(signature.valueBlock.valueHexView),
    certificates: certificates.map((one) => new Uint8Array(one.valueBeforeDecodeView)),
    hasAttributes: parts.slice(2).some((part) => isTagged(part, 0)),
  };
}

function isTagged({ idBlock }: BaseBlock, tag: number): boolean {
  return idBlock.tagClass === contextClass && idBlock.tagNumber === tag;
}

function childrenOf(block: BaseBlock | undefined): BaseBlock[] {
  const isParent =
    block instanceof Sequence || block instanceof Asn1Set || block instanceof Constructed;
  return isParent ? block.valueBlock.value : [];
}
