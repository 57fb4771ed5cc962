/** APKs and update packages, made for a test. */
import { Buffer } from 'node:buffer';
import { createSign, type KeyObject } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { ZipFile } from 'yazl';

async function zip(entries: Readonly<Record<string, Buffer | string>>): Promise<Buffer> {
  const file = new ZipFile();
  for (const [name, content] of Object.entries(entries)) {
    file.addBuffer(Buffer.from(content), name, { compress: !name.endsWith('.bin') });
  }
  file.end();
  return await buffer(file.outputStream);
}

export interface ApkFacts {
  readonly name: string;
  readonly versionCode: number;
  readonly versionName: string;
  /** Null: unsigned. */
  readonly signer: string | null;
}

export function makeApk({ name, versionCode, versionName, signer }: ApkFacts): Promise<Buffer> {
  return zip({
    'AndroidManifest.xml': compiledManifest(name, versionCode, versionName),
    'classes.bin': Buffer.alloc(200_000, 'dex '),
    ...(signer === null ? {} : { 'META-INF/CERT.RSA': `certificate of ${signer}` }),
  });
}

/** As aapt compiles it: a pool of strings, resource ids of the attributes, one element. */
function compiledManifest(name: string, versionCode: number, versionName: string): Buffer {
  const strings = ['versionCode', 'versionName', 'package', 'manifest', name, versionName];
  const texts = strings.map((text) => {
    const units = Buffer.from(text, 'utf16le');
    return Buffer.concat([u16(text.length), units, u16(0)]);
  });
  const offsets = texts.map((_, at) => u32(Buffer.concat(texts.slice(0, at)).length));
  const body = Buffer.concat(texts);
  const padded = Buffer.concat([body, Buffer.alloc((4 - (body.length % 4)) % 4)]);
  const pool = [u32(strings.length), u32(0), u32(0), u32(28 + strings.length * 4), u32(0)];
  const none = 0xffff_ffff;
  const attribute = (key: number, raw: number, type: number, data: number): Buffer =>
    Buffer.concat([u32(none), u32(key), u32(raw), u16(8), Buffer.from([0, type]), u32(data)]);
  const attributes = [
    attribute(0, none, 0x10, versionCode),
    attribute(1, 5, 0x03, 5),
    attribute(2, 4, 0x03, 4),
  ];
  const element = [
    u32(1),
    u32(none),
    u32(none),
    u32(3),
    u16(20),
    u16(20),
    u16(3),
    u16(0),
    u16(0),
    u16(0),
  ];
  const chunks = Buffer.concat([
    chunk(0x0001, 28, [...pool, ...offsets, padded]),
    chunk(0x0180, 8, [u32(0x0101_021b), u32(0x0101_021c)]),
    chunk(0x0102, 16, [...element, ...attributes]),
  ]);
  return chunk(0x0003, 8, [chunks]);
}

function chunk(type: number, headerBytes: number, parts: readonly Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  return Buffer.concat([u16(type), u16(headerBytes), u32(8 + body.length), body]);
}

function u16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(value);
  return bytes;
}

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

/** An update package; the payload's size makes it as many blocks as a test wants. */
export async function makeOta(
  metadata: Readonly<Record<string, string>>,
  payloadBytes = 700_000,
): Promise<Buffer> {
  const lines = Object.entries(metadata).map(([key, value]) => `${key}=${value}\n`);
  return await zip({
    'payload.bin': Buffer.alloc(payloadBytes, 'payload '),
    'META-INF/com/android/metadata': lines.join(''),
  });
}

/** With recovery's footer: the comment holds what ends in the signature, and where it begins. */
export function signOta(ota: Buffer, key: KeyObject): Buffer {
  const signed = ota.subarray(0, -2);
  const signature = createSign('sha256').update(signed).sign(key);
  const block = Buffer.concat([
    Buffer.from('signed by a test\0'),
    Buffer.from([0x04, 0x82, signature.length >> 8, signature.length & 0xff]),
    signature,
  ]);
  const commentBytes = block.length + 6;
  const foot = Buffer.concat([u16(commentBytes - 17), u16(0xffff), u16(commentBytes)]);
  return Buffer.concat([signed, u16(commentBytes), block, foot]);
}
