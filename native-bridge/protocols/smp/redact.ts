/**
 * Secrets out of recordings: the value of a settings write or of a settings read's reply is
 * overwritten by a dummy of the same length, in a copy of the packet. Nothing else of it changes,
 * so a replay has the same bytes in the same places, and framing gives it a new checksum.
 */
import { type CborMap, type CborValue } from '../cbor.ts';
import { type SmpMessage } from './command.ts';
import { SMP_HEADER_BYTES } from './header.ts';

const DUMMY = 0x78;

/**
 * The packet with its `val` overwritten by x's; `message` is the packet decoded.
 * null where it carries a value that can't be overwritten in place (sent in pieces, or as
 * something else than bytes): such a packet may only be stored as a count.
 */
export function redactSettingValue(packet: Uint8Array, message: SmpMessage): Uint8Array | null {
  const value = message.body.get('val');
  if (value === undefined) return packet;
  if (!(value instanceof Uint8Array)) return null;
  if (value.length === 0) return packet;
  // The decoder gives views of the packet's own bytes, but for strings sent in pieces.
  if (value.buffer !== packet.buffer) return null;
  const from = value.byteOffset - packet.byteOffset;
  if (from < SMP_HEADER_BYTES || from + value.length > packet.length) return null;
  return packet.slice().fill(DUMMY, from, from + value.length);
}

/** The key that a settings request is about; null where it names none. */
export function settingKeyOf(body: CborMap): string | null {
  const name: CborValue = body.get('name');
  return typeof name === 'string' ? name : null;
}
