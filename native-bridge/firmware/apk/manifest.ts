/**
 * What an app says of itself, from its binary AndroidManifest.xml (AOSP, androidfw/ResourceTypes.h,
 * little-endian): a string pool, the resource ids of the first strings, then elements. Android knows
 * an attribute of its own name space by its resource id, not by its name, and so does this. Read are the root and `uses-sdk`.
 */
import { packageMalformed } from '../firmware-error.ts';

export interface ApkManifest {
  readonly packageName: string;
  readonly versionCode: number | null;
  /** null: none, or one that stands in the app's resources. */
  readonly versionName: string | null;
  readonly minSdkVersion: number | null;
  /** Part of an app that comes in several files. */
  readonly split: string | null;
}

const xmlType = 0x0003;
const stringPoolType = 0x0001;
const resourceMapType = 0x0180;
const startElementType = 0x0102;
const utf8Flag = 0x100;
const nothing = 0xffff_ffff;
const stringValue = 0x03;
const [firstInteger, lastInteger] = [0x10, 0x1f];

/** android.R.attr */
const attributeIds = {
  versionCode: 0x0101021b,
  versionName: 0x0101021c,
  versionCodeMajor: 0x01010576,
  minSdkVersion: 0x0101020c,
} as const;

const maxChunks = 100_000;
const maxAttributes = 1000;
const maxStringBytes = 4096;
/** Letters, digits, dots (developer.android.com, "manifest", package). */
const packagePattern = /^[A-Za-z][\w]*(?:\.[A-Za-z][\w]*)+$/;

interface Attribute {
  readonly id: number | null;
  /** It stands in no name space. */
  readonly isPlain: boolean;
  readonly name: string | null;
  readonly text: string | null;
  readonly number: number | null;
}

/** Throws FirmwareError `package-malformed`. */
export function readManifest(bytes: Uint8Array): ApkManifest {
  try {
    return read(new Document(bytes));
  } catch (cause) {
    if (cause instanceof RangeError) throw packageMalformed('manifest', {}, cause);
    throw cause;
  }
}

function read(document: Document): ApkManifest {
  let root: Attribute[] | null = null;
  let sdk: Attribute[] = [];
  for (const { name, attributes } of document.elements()) {
    if (root === null) {
      if (name !== 'manifest') throw packageMalformed('manifest');
      root = attributes;
    } else if (name === 'uses-sdk') {
      sdk = attributes;
      break;
    }
  }
  const packageName = named(root ?? [], 'package')?.text ?? '';
  if (!packagePattern.test(packageName) || packageName.length > 255)
    throw packageMalformed('manifest');
  const [low, high] = [valueOf(root, 'versionCode'), valueOf(root, 'versionCodeMajor')];
  return {
    packageName,
    versionCode: low?.number == null ? null : low.number + (high?.number ?? 0) * 2 ** 32,
    versionName: valueOf(root, 'versionName')?.text ?? null,
    minSdkVersion: valueOf(sdk, 'minSdkVersion')?.number ?? null,
    split: named(root ?? [], 'split')?.text ?? null,
  };
}

function valueOf(attributes: readonly Attribute[] | null, name: keyof typeof attributeIds) {
  return attributes?.find(({ id }) => id === attributeIds[name]);
}

/** Those of no name space Android knows by their names, whatever resource ids they may have. */
function named(attributes: readonly Attribute[], name: string): Attribute | undefined {
  return attributes.find((attribute) => attribute.isPlain && attribute.name === name);
}

class Document {
  readonly #view: DataView;
  readonly #bytes: Uint8Array;
  #strings: { start: number; header: number; count: number; isUtf8: boolean } | null = null;
  #ids: { start: number; count: number } = { start: 0, count: 0 };

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    if (this.#u16(0) !== xmlType) throw packageMalformed('manifest');
  }

  *elements(): Generator<{ name: string | null; attributes: Attribute[] }> {
    let at = this.#u16(2);
    for (let n = 0; n < maxChunks && at + 8 <= this.#bytes.length; n++) {
      const [type, headerBytes, sizeBytes] = [this.#u16(at), this.#u16(at + 2), this.#u32(at + 4)];
      if (sizeBytes < 8 || headerBytes < 8 || at + sizeBytes > this.#bytes.length) {
        throw packageMalformed('manifest');
      }
      if (type === stringPoolType) this.#openStrings(at, headerBytes);
      if (type === resourceMapType) {
        this.#ids = { start: at + headerBytes, count: (sizeBytes - headerBytes) / 4 };
      }
      if (type === startElementType) yield this.#element(at + headerBytes);
      at += sizeBytes;
    }
  }

  #openStrings(at: number, headerBytes: number): void {
    const isUtf8 = (this.#u32(at + 16) & utf8Flag) !== 0;
    const start = at + this.#u32(at + 20);
    this.#strings = { start, header: at + headerBytes, count: this.#u32(at + 8), isUtf8 };
  }

  #element(at: number): { name: string | null; attributes: Attribute[] } {
    const [start, size, count] = [this.#u16(at + 8), this.#u16(at + 10), this.#u16(at + 12)];
    if (count > maxAttributes || (count > 0 && size < 20)) throw packageMalformed('manifest');
    const attributes = Array.from({ length: count }, (_, n) =>
      this.#attribute(at + start + n * size),
    );
    return { name: this.#string(this.#u32(at + 4)), attributes };
  }

  #attribute(at: number): Attribute {
    const nameIndex = this.#u32(at + 4);
    const [type, data] = [this.#view.getUint8(at + 15), this.#u32(at + 16)];
    const isNumber = type >= firstInteger && type <= lastInteger;
    return {
      id: nameIndex < this.#ids.count ? this.#u32(this.#ids.start + nameIndex * 4) || null : null,
      isPlain: this.#u32(at) === nothing,
      name: this.#string(nameIndex),
      text: type === stringValue ? this.#string(data) : null,
      number: isNumber ? data : null,
    };
  }

  #string(index: number): string | null {
    const strings = this.#strings;
    if (index === nothing || strings === null || index >= strings.count) return null;
    const at = strings.start + this.#u32(strings.header + index * 4);
    return strings.isUtf8 ? this.#utf8(at) : this.#utf16(at);
  }

  /** Two lengths, in letters and in bytes, of one or two bytes each. */
  #utf8(at: number): string {
    const letters = this.#view.getUint8(at) & 0x80 ? 2 : 1;
    const first = this.#view.getUint8(at + letters);
    const isLong = (first & 0x80) !== 0;
    const second = isLong ? this.#view.getUint8(at + letters + 1) : 0;
    const lengthBytes = isLong ? ((first & 0x7f) << 8) | second : first;
    return this.#text('utf-8', at + letters + (isLong ? 2 : 1), lengthBytes);
  }

  #utf16(at: number): string {
    const first = this.#u16(at);
    const isLong = (first & 0x8000) !== 0;
    const letters = isLong ? (first & 0x7fff) * 2 ** 16 + this.#u16(at + 2) : first;
    return this.#text('utf-16le', at + (isLong ? 4 : 2), letters * 2);
  }

  #text(encoding: string, at: number, lengthBytes: number): string {
    const isWithin = lengthBytes <= maxStringBytes && at + lengthBytes <= this.#bytes.length;
    if (!isWithin) throw new RangeError('a string beyond its pool');
    return new TextDecoder(encoding).decode(this.#bytes.subarray(at, at + lengthBytes));
  }

  #u16(at: number): number {
    return this.#view.getUint16(at, true);
  }

  #u32(at: number): number {
    return this.#view.getUint32(at, true);
  }
}
