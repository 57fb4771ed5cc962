/** A terminal whose settings are bytes of any kind, kept as Zephyr's settings group keeps them. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { CborFields } from '../../native-bridge/protocols/cbor.ts';
import type { SmpMessage } from '../../native-bridge/protocols/smp/command.ts';
import { ScriptedTerminal } from './scripted-terminal.ts';
import type { Bench } from './bench.ts';

const settings = 3;
const save = 3;
const unknownError = 1;
const keyNotFound = 3;
const writeNotSupported = 6;
const notSupported = 8;

export interface ByteTerminal {
  readonly url: string;
  readonly values: Map<string, Uint8Array>;
  /** Names in the order they were written or deleted. */
  readonly written: string[];
  /** Names that it does not let be written. */
  readonly refused: Set<string>;
  /** Whether it makes settings last when it is asked to; and how often it was. */
  readonly keeping: { works: boolean; asked: number };
}

/** `values` by the terminal's own names; `sn` is its serial number where it has one. */
export async function byteTerminal(values: Record<string, Uint8Array>): Promise<ByteTerminal> {
  const kept = new Map(Object.entries(values));
  const written: string[] = [];
  const refused = new Set<string>();
  const keeping = { works: true, asked: 0 };
  const answer = ({ header, body }: SmpMessage): CborFields => {
    const { group, id, operation } = header;
    const name = body.get('name');
    if (group !== settings) return { rc: notSupported };
    if (id === save) {
      keeping.asked += 1;
      return keeping.works ? {} : { err: { group: settings, rc: unknownError } };
    }
    if (typeof name !== 'string') return {};
    if (id === 0 && operation === 'read') {
      const val = kept.get(name);
      return val ? { val } : { err: { group: settings, rc: keyNotFound } };
    }
    if (refused.has(name)) return { err: { group: settings, rc: writeNotSupported } };
    written.push(name);
    if (id === 0) kept.set(name, body.get('val') as Uint8Array);
    else kept.delete(name);
    return {};
  };
  const terminal = await ScriptedTerminal.start((request, line) => {
    line.reply(request, answer(request));
  });
  onTestFinished(() => terminal.close());
  return { url: terminal.url, values: kept, written, refused, keeping };
}

/** Connects it with a profile of two text settings, `a.text` and `b.text`. */
export async function connectByteTerminal(
  { bridge, dataFolder }: Bench,
  url: string,
  hasSerialNumber = true,
) {
  const file = join(dataFolder, 'bytes.yaml');
  await writeFile(file, byteProfile(hasSerialNumber));
  const { fileId } = await bridge.registerFile(file);
  return await bridge.request('connect', { portUrl: url, profileFileId: fileId });
}

/** `c.secret` is one more, a secret. */
export function byteProfile(hasSerialNumber: boolean): string {
  const serial = `
readings:
  identity.serialNumber:
    from: smp-settings
    key: sn
`;
  return `format: 1
name: bytes
extends: [zephyr-generic]
vendor: Test
model: Bytes
labels: { en: Bytes, zh-CN: 字节 }
recognition: { smpInfo: '^bytes$' }
${hasSerialNumber ? serial : ''}
settings:
  a.text: { key: a, type: text, labels: { en: A, zh-CN: 甲 }, expected: plain }
  b.text: { key: b, type: text, labels: { en: B, zh-CN: 乙 } }
  c.secret: { key: c, type: text, labels: { en: C, zh-CN: 丙 }, secret: true }
`;
}
