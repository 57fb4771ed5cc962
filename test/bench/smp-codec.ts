/**
 * SMP codec and framing: megabytes of payload a second, both ways, and bytes allocated for each
 * byte. Beside it the same bytes through Buffer's own base64, which is native code, as the ratio
 * that can be compared between machines.
 */
import {
  decodeResponse,
  encodeRequest,
  readResult,
} from '../../native-bridge/protocols/smp/command.ts';
import { encodeCborMap } from '../../native-bridge/protocols/cbor.ts';
import { fileDownload } from '../../native-bridge/protocols/smp/files/index.ts';
import { SMP_HEADER_BYTES, writeHeader } from '../../native-bridge/protocols/smp/header.ts';
import { imageUpload } from '../../native-bridge/protocols/smp/image/index.ts';
import { encodeSerial, SerialFraming } from '../../native-bridge/protocols/smp/serial-framing.ts';
import { type Case, measure, type Measured } from './measure.ts';

/** What a device with a buffer of 1024 is sent at best: see upload-sizes.ts. */
const dataBytes = 993;
/** A serial port hands over what came in a few milliseconds. */
const chunkBytes = 512;
/** 921,600 baud of 10 bits a byte, of which 93 in 127 are raw. */
const fastLineBytesPerSecond = (92_160 * 93) / 127;

export function bench(): Promise<string> {
  const measured = measure(cases());
  const of = (name: string): Measured =>
    measured.get(name) ?? { megabytesPerSecond: Number.NaN, allocated: Number.NaN };
  const line = (what: string, name: string, native: string): string => {
    const { megabytesPerSecond: speed, allocated } = of(name);
    const ratio = speed / of(native).megabytesPerSecond;
    const share = (fastLineBytesPerSecond / 1e6 / speed) * 100;
    return [
      what.padEnd(34),
      `${speed.toFixed(0).padStart(5)} MB/s`,
      `${ratio.toFixed(2).padStart(6)} of native base64`,
      `${allocated.toFixed(2).padStart(6)} bytes allocated a byte`,
      `${share.toFixed(2).padStart(6)} % of a core at 921,600 baud`,
    ].join('  ');
  };
  return Promise.resolve(
    [
      line('out: framing', 'frame', 'native encode'),
      line('out: request and framing', 'request', 'native encode'),
      line('in:  framing', 'unframe', 'native decode'),
      line('in:  framing and reply', 'reply', 'native decode'),
    ].join('\n'),
  );
}

function cases(): Case[] {
  const data = Uint8Array.from({ length: dataBytes }, (_, i) => (i * 73) ^ (i >> 3));
  const asked = { offsetBytes: 100_000, data, start: null };
  const ask = (): Uint8Array => encodeRequest(imageUpload, asked, { sequence: 7, version: 2 });
  const packet = ask();
  const lines = inChunks(encodeSerial(downloadReply(data)));
  const raw = Buffer.from(packet);
  const base64 = raw.toString('base64');
  const framing = new SerialFraming();
  const one = (name: string, run: () => unknown): Case => ({ name, bytes: dataBytes, run });
  const unframe = (): Uint8Array => {
    const [value] = lines.flatMap((chunk) => framing.push(chunk));
    if (value?.kind !== 'packet') throw new Error('no packet');
    return value.bytes;
  };
  return [
    one('native encode', () => Buffer.from(raw.toString('base64'), 'latin1')),
    one('native decode', () => Buffer.from(base64, 'base64')),
    one('frame', () => encodeSerial(packet)),
    one('request', () => encodeSerial(ask())),
    one('unframe', unframe),
    one('reply', () => readResult(fileDownload, decodeResponse(unframe()).body)),
  ];
}

function downloadReply(data: Uint8Array): Uint8Array {
  const body = encodeCborMap({ off: 100_000, data });
  const packet = new Uint8Array(SMP_HEADER_BYTES + body.length);
  const { group, id } = fileDownload;
  const bodyBytes = body.length;
  writeHeader(
    { operation: 'read-reply', version: 2, flags: 0, bodyBytes, group, sequence: 7, id },
    packet,
  );
  packet.set(body, SMP_HEADER_BYTES);
  return packet;
}

function inChunks(bytes: Uint8Array): Uint8Array[] {
  const count = Math.ceil(bytes.length / chunkBytes);
  return Array.from({ length: count }, (_, i) =>
    bytes.subarray(i * chunkBytes, (i + 1) * chunkBytes),
  );
}
