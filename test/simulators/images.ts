/** Uploading images in tests of the simulator. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { READ, WRITE, frame, packet, type Fields } from './frames.ts';
import { type Host } from './host.ts';

export const fixture = (name: string): string =>
  fileURLToPath(new URL(`../fixtures/firmware/${name}`, import.meta.url));

/** A plain copy: cbor2 writes a Buffer as something else. */
export function firmware(name: string): Uint8Array {
  return new Uint8Array(readFileSync(fixture(name)));
}

export function sha256(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(createHash('sha256').update(bytes).digest());
}

/** Large parts, for speed: simulators here have buffers to match. */
export const CHUNK = 4000;
export const largeBuffers = ['--buf-size', '4352'];

export function firstPart(image: Uint8Array, more: Fields = {}): Fields {
  return { off: 0, data: image.slice(0, CHUNK), len: image.length, sha: sha256(image), ...more };
}

export function partAt(image: Uint8Array, off: number, bytes = CHUNK): Fields {
  return { off, data: image.slice(off, off + bytes) };
}

/** Uploads part by part, up to `untilBytes`; the last reply. */
export async function upload(
  host: Host,
  image: Uint8Array,
  more: Fields = {},
  untilBytes = image.length,
): Promise<Fields> {
  let reply = await host.ask(WRITE, 1, 1, firstPart(image, more));
  while (typeof reply['off'] === 'number' && reply['off'] < untilBytes) {
    reply = await host.ask(WRITE, 1, 1, partAt(image, reply['off']));
  }
  return reply;
}

/** Uploads to the boot loader's recovery, which knows version-1 headers only. */
export async function recover(host: Host, image: Uint8Array): Promise<void> {
  for (let off = 0; off < image.length;) {
    const part = { off, data: image.slice(off, off + CHUNK), len: image.length };
    const { rc, off: next } = await host.ask(WRITE, 1, 1, part, 1);
    if (rc !== 0 || typeof next !== 'number' || next <= off) throw new Error(`stuck at ${off}`);
    off = next;
  }
}

/** Uploads with several parts under way, as a fast client does; parts for buffers of 1024. */
export async function uploadInWindow(host: Host, image: Uint8Array, window: number): Promise<void> {
  const bytes = 900;
  const first = { ...firstPart(image), data: image.slice(0, bytes) };
  let next = 0;
  for (let have = 0; have < image.length;) {
    while (next < image.length && next - have < window * bytes) {
      host.send(frame(packet(WRITE, 1, 1, next === 0 ? first : partAt(image, next, bytes))));
      next += bytes;
    }
    const reply = await host.reply();
    have = Number(reply?.body['off']);
    if (Number.isNaN(have)) throw new Error('the upload stalled');
  }
}

export interface Slot {
  readonly slot: number;
  readonly version: string;
  readonly hash: Uint8Array;
  /** The flags that are set, in one line. */
  readonly flags: string;
}

export async function slots(host: Host): Promise<Slot[]> {
  return readSlots(await host.ask(READ, 1, 0));
}

export function readSlots(body: Fields): Slot[] {
  const names = ['active', 'confirmed', 'pending', 'permanent'];
  return (body['images'] as (Slot & Record<string, unknown>)[]).map((image) => ({
    slot: image.slot,
    version: image.version,
    hash: image.hash,
    flags: names.filter((name) => image[name] === true).join(' '),
  }));
}

export function summary(list: readonly Slot[]): string[] {
  return list.map(({ slot, version, flags }) => `${slot} ${version} ${flags}`.trim());
}

/** Marks what is in the second slot, for a trial or for good. */
export async function mark(host: Host, confirm: boolean): Promise<Fields> {
  const second = (await slots(host)).find(({ slot }) => slot === 1);
  return host.ask(WRITE, 1, 0, { hash: second?.hash, confirm });
}

export function reset(host: Host): Promise<void> {
  return host.restart(() => host.ask(WRITE, 0, 5));
}
