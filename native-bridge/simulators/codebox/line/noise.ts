/** Log text that has nothing to do with the talk. */
import type { Random } from '../engine/random.ts';

const MESSAGES: readonly (readonly [string, string])[] = [
  ['wifi', 'beacon ok, rssi -52'],
  ['qr', 'display refreshed'],
  ['pay', 'heartbeat sent'],
  ['net', 'dhcp lease renewed'],
  ['battery', 'gauge 3987 mV'],
  ['pay', '收款 12.50 元'],
];

export function noiseMessage(random: Random): readonly [string, string] {
  return MESSAGES[random.below(MESSAGES.length)] ?? ['pay', 'heartbeat sent'];
}

/** A frame's lines with log text between some of them, cut anywhere. */
export function noiseBetween(lines: readonly Uint8Array[], random: Random): Uint8Array {
  const parts: Uint8Array[] = [];
  for (const line of lines) {
    if (random.below(2) === 0) {
      const [module, message] = noiseMessage(random);
      const text = Buffer.from(`<inf> ${module}: ${message}\r\n`, 'utf8');
      parts.push(text.subarray(0, 1 + random.below(text.length)));
    }
    parts.push(line);
  }
  return Buffer.concat(parts);
}
