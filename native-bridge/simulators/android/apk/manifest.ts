/**
 * Name and version out of an APK's AndroidManifest.xml, which is compiled (AOSP,
 * libs/androidfw/include/androidfw/ResourceTypes.h): chunks of a string pool, a map of resource ids and
 * the elements with their attributes.
 */

export interface Manifest {
  readonly packageName: string;
  readonly versionCode: number;
  readonly versionName: string;
  readonly minSdk: number;
  readonly targetSdk: number;
}

const XML = 0x0003;
const STRING_POOL = 0x0001;
const RESOURCE_MAP = 0x0180;
const START_ELEMENT = 0x0102;
const UTF8_FLAG = 0x100;
const TYPE_STRING = 0x03;

/** Attributes of the android namespace by their resource ids. */
const attributeNames: Readonly<Record<number, string>> = {
  0x0101_021b: 'versionCode',
  0x0101_021c: 'versionName',
  0x0101_020c: 'minSdkVersion',
  0x0101_0270: 'targetSdkVersion',
};

type Attributes = ReadonlyMap<string, string | number>;

/** Null: no such file. */
export function parseManifest(file: Buffer): Manifest | null {
  try {
    return parse(file);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function parse(file: Buffer): Manifest | null {
  if (file.readUInt16LE(0) !== XML) return null;
  let strings: string[] = [];
  let resources: number[] = [];
  const elements = new Map<string, Attributes>();
  for (let at = file.readUInt16LE(2); at + 8 <= file.length;) {
    const type = file.readUInt16LE(at);
    const size = file.readUInt32LE(at + 4);
    if (size < 8) return null;
    const chunk = file.subarray(at, at + size);
    if (type === STRING_POOL) strings = stringsOf(chunk);
    else if (type === RESOURCE_MAP) resources = resourcesOf(chunk);
    else if (type === START_ELEMENT) {
      const name = strings[chunk.readUInt32LE(20)] ?? '';
      if (!elements.has(name)) elements.set(name, attributesOf(chunk, strings, resources));
    }
    at += size;
  }
  return manifestOf(elements);
}

function manifestOf(elements: ReadonlyMap<string, Attributes>): Manifest | null {
  const root = elements.get('manifest');
  const sdk = elements.get('uses-sdk');
  const packageName = root?.get('package');
  if (typeof packageName !== 'string' || !/^\w+(\.\w+)+$/.test(packageName)) return null;
  const minSdk = Number(sdk?.get('minSdkVersion') ?? 1);
  return {
    packageName,
    versionCode: Number(root?.get('versionCode') ?? 0),
    versionName: String(root?.get('versionName') ?? ''),
    minSdk,
    targetSdk: Number(sdk?.get('targetSdkVersion') ?? minSdk),
  };
}

function stringsOf(chunk: Buffer): string[] {
  const count = chunk.readUInt32LE(8);
  const utf8 = (chunk.readUInt32LE(16) & UTF8_FLAG) !== 0;
  const start = chunk.readUInt32LE(20);
  if (count > chunk.length / 4) throw new RangeError('too many strings');
  return Array.from({ length: count }, (_, index) => {
    const at = start + chunk.readUInt32LE(28 + index * 4);
    return utf8 ? utf8At(chunk, at) : utf16At(chunk, at);
  });
}

/** Two lengths (characters, bytes) of one byte or two each, then the bytes. */
function utf8At(chunk: Buffer, at: number): string {
  const characters = chunk.readUInt8(at) & 0x80 ? 2 : 1;
  const lengthAt = at + characters;
  const wide = (chunk.readUInt8(lengthAt) & 0x80) !== 0;
  const length = wide ? chunk.readUInt16BE(lengthAt) & 0x7fff : chunk.readUInt8(lengthAt);
  const from = lengthAt + (wide ? 2 : 1);
  return chunk.toString('utf8', from, from + length);
}

function utf16At(chunk: Buffer, at: number): string {
  const units = chunk.readUInt16LE(at);
  return chunk.toString('utf16le', at + 2, at + 2 + units * 2);
}

function resourcesOf(chunk: Buffer): number[] {
  const count = (chunk.length - 8) >> 2;
  return Array.from({ length: count }, (_, index) => chunk.readUInt32LE(8 + index * 4));
}

function attributesOf(
  chunk: Buffer,
  strings: readonly string[],
  resources: readonly number[],
): Attributes {
  const attributes = new Map<string, string | number>();
  const first = 16 + chunk.readUInt16LE(24);
  const each = chunk.readUInt16LE(26);
  const count = chunk.readUInt16LE(28);
  for (let index = 0; index < count; index++) {
    const at = first + index * each;
    const nameAt = chunk.readUInt32LE(at + 4);
    const name = attributeNames[resources[nameAt] ?? 0] ?? strings[nameAt] ?? '';
    const type = chunk.readUInt8(at + 15);
    const data = chunk.readUInt32LE(at + 16);
    attributes.set(name, type === TYPE_STRING ? (strings[data] ?? '') : data);
  }
  return attributes;
}
