/** The factory's firmware: an unsigned MCUboot image of a version, with a true hash. */
import { createHash } from 'node:crypto';
import { Random } from '../engine/random.ts';
import { versionText, type Version } from './mcuboot-image.ts';

const HEADER_BYTES = 0x200;
const PAYLOAD_BYTES = 24_576;

/** Made once each: tests start thousands of boxes with the same. */
const made = new Map<string, Uint8Array>();

export function makeImage(version: Version, payloadBytes = PAYLOAD_BYTES): Uint8Array {
  const name = `${versionText(version)} ${payloadBytes}`;
  const image = made.get(name) ?? build(version, payloadBytes);
  made.set(name, image);
  return image;
}

function build(version: Version, payloadBytes: number): Uint8Array {
  const seed = (version.major << 24) | (version.minor << 16) | version.revision;
  const body = Buffer.alloc(HEADER_BYTES + payloadBytes);
  body.writeUInt32LE(0x96f3b83d, 0);
  body.writeUInt16LE(HEADER_BYTES, 8);
  body.writeUInt32LE(payloadBytes, 12);
  body.writeUInt8(version.major, 20);
  body.writeUInt8(version.minor, 21);
  body.writeUInt16LE(version.revision, 22);
  body.writeUInt32LE(version.build, 24);
  body.set(new Random(seed).bytes(payloadBytes), HEADER_BYTES);
  const tlvs = Buffer.alloc(8);
  tlvs.writeUInt16LE(0x6907, 0);
  tlvs.writeUInt16LE(40, 2);
  tlvs.writeUInt16LE(0x10, 4);
  tlvs.writeUInt16LE(32, 6);
  return Buffer.concat([body, tlvs, createHash('sha256').update(body).digest()]);
}
