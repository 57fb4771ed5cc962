/**
 * Writes an AndroidManifest.xml as aapt compiles it (AOSP, libs/androidfw/include/androidfw/
 * ResourceTypes.h): a pool of strings, the resource ids of the first of them, a namespace, elements.
 * Android looks attributes up by resource id, in rising order; `package` has none and comes last.
 */
import type { Manifest } from './manifest.ts';

const NONE = 0xffff_ffff;
const ANDROID = 'http://schemas.android.com/apk/res/android';

/** In rising order: the order in the pool. */
const attributeIds = [
  ['label', 0x0101_0001],
  ['hasCode', 0x0101_000c],
  ['minSdkVersion', 0x0101_020c],
  ['versionCode', 0x0101_021b],
  ['versionName', 0x0101_021c],
  ['targetSdkVersion', 0x0101_0270],
] as const;
type AttributeName = (typeof attributeIds)[number][0] | 'package';

const types = { string: 0x03, integer: 0x10, boolean: 0x12 } as const;

interface Attribute {
  readonly name: AttributeName;
  readonly value: string | number | boolean;
}

/** An app without code: it shows that it is there, and nothing runs. */
export function compileManifest(manifest: Manifest, label: string): Buffer {
  const { packageName, versionCode, versionName, minSdk, targetSdk } = manifest;
  const names = attributeIds.map(([name]) => name);
  const elements = ['manifest', 'uses-sdk', 'application'];
  const values = [packageName, versionName, label];
  const pool = [...names, 'android', ANDROID, 'package', ...elements, ...values];
  const write = new Writer(pool);
  const root: Attribute[] = [
    { name: 'versionCode', value: versionCode },
    { name: 'versionName', value: versionName },
    { name: 'package', value: packageName },
  ];
  const sdk: Attribute[] = [
    { name: 'minSdkVersion', value: minSdk },
    { name: 'targetSdkVersion', value: targetSdk },
  ];
  const app: Attribute[] = [
    { name: 'label', value: label },
    { name: 'hasCode', value: false },
  ];
  return chunk(0x0003, 8, [
    stringPool(pool),
    chunk(0x0180, 8, [u32(...attributeIds.map(([, id]) => id))]),
    write.namespace(0x0100),
    write.start('manifest', root),
    write.start('uses-sdk', sdk),
    write.end('uses-sdk'),
    write.start('application', app),
    write.end('application'),
    write.end('manifest'),
    write.namespace(0x0101),
  ]);
}

/** Nodes of the tree: a line number and no comment stand before each. */
class Writer {
  readonly #pool: readonly string[];

  constructor(pool: readonly string[]) {
    this.#pool = pool;
  }

  namespace(type: number): Buffer {
    return chunk(type, 16, [u32(1, NONE, this.#at('android'), this.#at(ANDROID))]);
  }

  start(name: string, attributes: readonly Attribute[]): Buffer {
    const head = [u32(1, NONE, NONE, this.#at(name)), u16(20, 20, attributes.length, 0, 0, 0)];
    return chunk(0x0102, 16, [...head, ...attributes.map((each) => this.#attribute(each))]);
  }

  end(name: string): Buffer {
    return chunk(0x0103, 16, [u32(1, NONE, NONE, this.#at(name))]);
  }

  #attribute({ name, value }: Attribute): Buffer {
    const space = name === 'package' ? NONE : this.#at(ANDROID);
    const text = typeof value === 'string' ? this.#at(value) : NONE;
    const type =
      typeof value === 'string' ? 'string' : typeof value === 'number' ? 'integer' : 'boolean';
    const data =
      typeof value === 'string' ? text : typeof value === 'number' ? value : value ? NONE : 0;
    const head = u32(space, this.#at(name), text);
    return Buffer.concat([head, u16(8), Buffer.of(0, types[type]), u32(data)]);
  }

  #at(text: string): number {
    return this.#pool.indexOf(text);
  }
}

/** UTF-16, as every version reads. */
function stringPool(texts: readonly string[]): Buffer {
  const encoded = texts.map((text) =>
    Buffer.concat([u16(text.length), Buffer.from(text, 'utf16le'), u16(0)]),
  );
  let end = 0;
  const offsets = encoded.map(({ length }) => (end += length) - length);
  const head = u32(texts.length, 0, 0, 28 + 4 * texts.length, 0);
  return chunk(0x0001, 28, [head, u32(...offsets), ...encoded, Buffer.alloc(-end & 3)]);
}

/** `headerBytes`: with the eight that every chunk begins with. */
function chunk(type: number, headerBytes: number, parts: readonly Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  return Buffer.concat([u16(type, headerBytes), u32(8 + body.length), body]);
}

function u16(...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(2 * values.length);
  for (const [place, value] of values.entries()) bytes.writeUInt16LE(value, 2 * place);
  return bytes;
}

function u32(...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(4 * values.length);
  for (const [place, value] of values.entries()) bytes.writeUInt32LE(value, 4 * place);
  return bytes;
}
