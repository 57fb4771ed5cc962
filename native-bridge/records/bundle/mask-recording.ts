/**
 * A recording without its secrets. The session that wrote it has put dummies in the place of what it
 * knew for secret; here every packet and line of text is looked at once more, as in a log. Where
 * something looks like a card number, a PIN or a key, the bytes give way to their count, which is
 * also what stands in a recording for what nobody could read. It can still be played.
 */
import { setImmediate } from 'node:timers/promises';
import { Hearing, type Speaker } from './hearing.ts';

export interface MaskedRecording {
  readonly text: string;
  /** Lines whose bytes gave way to their count. */
  readonly hiddenLines: number;
}

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
