/**
 * BER-TLV as EMV uses it (EMV 4.3 Book 3, annex B; ISO/IEC 8825-1): a tag of one to three bytes, a
 * definite length, a value; where the tag's sixth bit is set the value holds further objects.
 */

export interface BerObject {
  /** In upper-case hex: `4F`, `9F26`. */
  readonly tag: string;
  /** In bytes from the beginning of the whole. */
  readonly at: number;
  readonly value: Uint8Array;
  /** Objects within; null: its value is a value. */
  readonly children: readonly BerObject[] | null;
}

export interface BerProblem {
  readonly problem: 'truncated' | 'malformed';
  /** In bytes from the beginning of the whole. */
  readonly at: number;
}

const mostDepth = 8;
const most = { tagBytes: 3, lengthBytes: 2 };

/** The objects up to the first that can't be read; never throws. */
export function readBerTlv(bytes: Uint8Array): {
  readonly objects: readonly BerObject[];
  readonly problems: readonly BerProblem[];
} {
  const problems: BerProblem[] = [];
  return { objects: readLevel(bytes, 0, 0, problems), problems };
}

function readLevel(
  bytes: Uint8Array,
  offset: number,
  depth: number,
  problems: BerProblem[],
): BerObject[] {
  const objects: BerObject[] = [];
  let at = 0;
  while (at < bytes.length) {
    const head = readHead(bytes, at);
    if (typeof head === 'string' || depth >= mostDepth) {
      problems.push({ problem: typeof head === 'string' ? head : 'malformed', at: offset + at });
      break;
    }
    const { tag, isConstructed, valueAt, endAt } = head;
    const value = bytes.subarray(valueAt, endAt);
    const children = isConstructed ? readLevel(value, offset + valueAt, depth + 1, problems) : null;
    objects.push({ tag, at: offset + at, value, children });
    at = endAt;
  }
  return objects;
}

interface Head {
  readonly tag: string;
  readonly isConstructed: boolean;
  readonly valueAt: number;
  readonly endAt: number;
}

function readHead(bytes: Uint8Array, at: number): Head | BerProblem['problem'] {
  const first = bytes[at] ?? 0;
  let tagEnd = at + 1;
  if ((first & 0x1f) === 0x1f) {
    while (tagEnd < bytes.length && ((bytes[tagEnd] ?? 0) & 0x80) !== 0) tagEnd++;
    tagEnd++;
  }
  if (tagEnd - at > most.tagBytes) return 'malformed';
  if (tagEnd >= bytes.length) return 'truncated';
  const short = bytes[tagEnd] ?? 0;
  const lengthBytes = short < 0x80 ? 0 : short & 0x7f;
  // 0x80 alone is an indefinite length, which EMV does not have.
  if (short === 0x80 || lengthBytes > most.lengthBytes) return 'malformed';
  const valueAt = tagEnd + 1 + lengthBytes;
  if (valueAt > bytes.length) return 'truncated';
  const long = bytes.subarray(tagEnd + 1, valueAt).reduce((sum, byte) => sum * 256 + byte, 0);
  const endAt = valueAt + (lengthBytes === 0 ? short : long);
  if (endAt > bytes.length) return 'truncated';
  return {
    tag: hexOf(bytes.subarray(at, tagEnd)),
    isConstructed: (first & 0x20) !== 0,
    valueAt,
    endAt,
  };
}

/** Upper case, without spaces. */
export function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).toUpperCase().padStart(2, '0')).join('');
}
