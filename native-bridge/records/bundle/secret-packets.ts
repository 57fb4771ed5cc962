/** Whether a packet of a recording holds something that looks like a card number, a PIN or a key. */
import { maskSecrets } from '../../protocols/masking.ts';
import type { CborValue } from '../../protocols/cbor.ts';
import { decodeRequest, decodeResponse, type SmpMessage } from '../../protocols/smp/command.ts';

/** What can't be read may hold anything. */
export function holdsSecret(packet: Uint8Array, speaker: 'host' | 'terminal'): boolean {
  try {
    const decode: (packet: Uint8Array) => SmpMessage =
      speaker === 'host' ? decodeRequest : decodeResponse;
    return textsIn(decode(packet).body, '').some((text) => maskSecrets(text) !== text);
  } catch {
    return true;
  }
}

/** Every text in a message, with its name before it. */
function textsIn(value: CborValue, name: string): string[] {
  if (typeof value === 'string') return [`${name}: ${value}`];
  if (typeof value === 'number' || typeof value === 'bigint') return [`${name}: ${value}`];
  // Of bytes that are no text the name tells whether they are a secret.
  if (value instanceof Uint8Array) return [`${name}: ${textOf(value) ?? 'bytes'}`];
  if (value instanceof Map) {
    const map = value as ReadonlyMap<string, CborValue>;
    const own = map.get('name');
    return [...map].flatMap(([key, inner]) =>
      textsIn(inner, key === 'val' && typeof own === 'string' ? own : key),
    );
  }
  if (!Array.isArray(value)) return [];
  const list = value as readonly CborValue[];
  // The words of a command: one may name the next.
  const words = list.filter((one) => typeof one === 'string').join(' ');
  return [words, ...list.flatMap((one) => textsIn(one, name))];
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** null: no text. */
function textOf(bytes: Uint8Array): string | null {
  try {
    return utf8.decode(bytes);
  } catch {
    return null;
  }
}
