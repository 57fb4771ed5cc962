/**
 * A recording without its secrets. The session that wrote it has put dummies in the place of what it
 * knew for secret; here every packet and line of text is looked at once more, as in a log. Where
 * something looks like a card number, a PIN or a key, the bytes give way to their count, which is
 * also what stands in a recording for what nobody could read. It can still be played.
 */
import { setImmediate } from 'node:timers/promises';
import type { CborValue } from '../../protocols/cbor.ts';
import { decodeRequest, decodeResponse, type SmpMessage } from '../../protocols/smp/command.ts';
import { SerialFraming, type SerialValue } from '../../protocols/smp/serial-framing.ts';
import { maskSecrets } from '../../protocols/masking.ts';

export interface MaskedRecording {
  readonly text: string;
  /** Lines whose bytes gave way to their count. */
  readonly hiddenLines: number;
}

type Speaker = 'host' | 'terminal';

/** A line as it is written again: only what a recording is made of. */
type Line = Readonly<Record<string, unknown>> & { readonly bytes?: string };

/** Others have their turn after so many lines. */
const linesAtOnce = 500;

/** Lines that are none of a recording are left out. */
export async function maskRecording(text: string): Promise<MaskedRecording> {
  const lines: Line[] = [];
  const hearing = { host: new Hearing('host'), terminal: new Hearing('terminal') };
  const secret = new Set<number>();
  for (const raw of text.split('\n')) {
    const line = readLine(raw);
    if (line === null) continue;
    const index = lines.push(line) - 1;
    if (line.bytes !== undefined) {
      const found = hearing[line['from'] as Speaker].take(index, Buffer.from(line.bytes, 'hex'));
      for (const one of found) secret.add(one);
    }
    if (index % linesAtOnce === 0) await setImmediate();
  }
  for (const one of [...hearing.host.end(), ...hearing.terminal.end()]) secret.add(one);
  const written = lines.map((line, index) => (secret.has(index) ? counted(line) : line));
  return {
    text: written.map((line) => `${JSON.stringify(line)}\n`).join(''),
    hiddenLines: secret.size,
  };
}

/** What one side said, over the lines on which it stands. */
class Hearing {
  readonly #speaker: Speaker;
  readonly #framing = new SerialFraming();
  /** Lines of which not all is known yet. */
  #open: number[] = [];

  constructor(speaker: Speaker) {
    this.#speaker = speaker;
  }

  /** Lines that hold a secret, known now. */
  take(index: number, bytes: Uint8Array): number[] {
    const secret: number[] = [];
    for (const piece of pieces(bytes)) {
      if (this.#open.at(-1) !== index) this.#open.push(index);
      const values = this.#framing.push(piece);
      if (values.length === 0) continue;
      if (values.some((value) => isSecret(value, this.#speaker))) secret.push(...this.#open);
      if (isWhole(piece, values)) this.#open = [];
      // The end of a line that was too long is kept back, and may have come earlier.
      else if (!isCutLine(values)) this.#open = [index];
    }
    return secret;
  }

  end(): number[] {
    return this.#framing.flush().some((value) => isSecret(value, this.#speaker)) ? this.#open : [];
  }
}

const lineFeed = 0x0a;
/** First bytes of a frame's first line and of its further ones. */
const frameStarts: readonly (number | undefined)[] = [0x06, 0x04];

/** Each up to its line end. */
function* pieces(bytes: Uint8Array): Generator<Uint8Array, void, void> {
  for (let from = 0; from < bytes.length;) {
    const at = bytes.indexOf(lineFeed, from);
    const to = at === -1 ? bytes.length : at + 1;
    yield bytes.subarray(from, to);
    from = to;
  }
}

/** Nothing of what comes next has begun in it; text before a frame in its line would go on later. */
const isWhole = (piece: Uint8Array, values: readonly SerialValue[]): boolean =>
  piece.at(-1) === lineFeed &&
  (frameStarts.includes(piece[0]) || values.every(({ kind }) => kind === 'text'));

const isCutLine = (values: readonly SerialValue[]): boolean => {
  const last = values.at(-1);
  return last?.kind === 'text' && last.bytes.at(-1) !== lineFeed;
};

/** What can't be read may hold anything. */
function isSecret(value: SerialValue, speaker: Speaker): boolean {
  if (value.kind === 'bad-frame') return true;
  if (value.kind === 'text') return hasSecret(textOf(value.bytes) ?? '');
  try {
    const decode: (packet: Uint8Array) => SmpMessage =
      speaker === 'host' ? decodeRequest : decodeResponse;
    return textsIn(decode(value.bytes).body, '').some(hasSecret);
  } catch {
    return true;
  }
}

const hasSecret = (text: string): boolean => maskSecrets(text) !== text;

/** Every text in a message, with its name before it. */
function textsIn(value: CborValue, name: string): string[] {
  if (typeof value === 'string') return [`${name}: ${value}`];
  if (typeof value === 'number' || typeof value === 'bigint') return [`${name}: ${value}`];
  if (value instanceof Uint8Array) {
    const text = textOf(value);
    return text === null ? [] : [`${name}: ${text}`];
  }
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

const decoder = new TextDecoder('utf-8', { fatal: true });

/** null: no text. */
function textOf(bytes: Uint8Array): string | null {
  try {
    return decoder.decode(bytes);
  } catch {
    return null;
  }
}

/** null: none of a recording. */
function readLine(raw: string): Line | null {
  let value: unknown;
  try {
    value = JSON.parse(raw);
  } catch {
    return null;
  }
  if (typeof value !== 'object' || value === null) return null;
  const { ms, from, bytes, count, port, baud, utc } = value as Record<string, unknown>;
  if (typeof ms !== 'number') return null;
  if (port === 'opened' || port === 'closed' || port === 'vanished') {
    const rate = typeof baud === 'number' ? { baud } : {};
    const at = typeof utc === 'string' && /^[\d:.TZ-]{10,30}$/.test(utc) ? { utc } : {};
    return { ms, port, ...rate, ...at };
  }
  if (from !== 'host' && from !== 'terminal') return null;
  if (typeof count === 'number') return { ms, from, count };
  const isHex = typeof bytes === 'string' && /^(?:[0-9a-f]{2})*$/i.test(bytes);
  return isHex ? { ms, from, bytes } : null;
}

function counted({ bytes = '', ...line }: Line): Line {
  return { ...line, count: bytes.length / 2 };
}
