/** Group 1, images: upload and erase; the rest of the group is in image-state.ts. */
import { createHash } from 'node:crypto';
import { picksNewest } from '../../boot/flash.ts';
import { compareVersions, readVersion } from '../../boot/mcuboot-image.ts';
import type { Terminal } from '../../terminal/terminal.ts';
import { GroupError, count, type Command, type Group, type Reply, type Request } from '../group.ts';
import { SHA_BYTES, inspectFirst, readChunk, type Chunk } from './image-chunk.ts';
import {
  imageRc,
  imageToVersion1,
  readState,
  slotInUse,
  slotInfo,
  writeState,
} from './image-state.ts';

const SECTOR_BYTES = 4096;
const SLOW_ERASE_MS = 8000;

/** Called at each accepted part, with how far the image is. */
export type Progress = (haveBytes: number, totalBytes: number, atMs: number) => void;

interface Upload {
  readonly content: Uint8Array;
  readonly sha: Uint8Array;
  off: number;
}

export class ImageGroup {
  readonly #terminal: Terminal;
  readonly #progress: Progress;
  #upload: Upload | null = null;

  constructor(terminal: Terminal, progress: Progress) {
    this.#terminal = terminal;
    this.#progress = progress;
  }

  /** How much of an image in work the terminal has. */
  get haveBytes(): number {
    return this.#upload?.off ?? 0;
  }

  /** The state of an upload is in memory only. */
  reset(): void {
    this.#upload = null;
  }

  group(): Group {
    const { flash } = this.#terminal;
    const state = (request: Request): Reply => readState(this.#terminal, request);
    const mark = (request: Request): Reply => writeState(this.#terminal, request);
    return {
      id: 1,
      name: 'img mgmt',
      commands: new Map<number, Command>([
        [0, picksNewest(flash.mode) ? { read: state } : { read: state, write: mark }],
        [1, { write: (request) => this.#receive(request) }],
        [5, { write: (request) => this.#erase(request) }],
        [6, { read: () => slotInfo(flash) }],
      ]),
      toVersion1: imageToVersion1,
    };
  }

  #receive(request: Request): Reply {
    const chunk = readChunk(request);
    if (this.#terminal.faults.has('wrong-offset-storm')) return { body: { off: 0 } };
    try {
      if (chunk.off === 0) return this.#begin(chunk, request);
      return this.#continue(chunk, request);
    } catch (error) {
      if (error instanceof GroupError) this.#upload = null;
      throw error;
    }
  }

  #begin(chunk: Chunk, request: Request): Reply {
    const length = inspectFirst(chunk);
    const current = this.#upload;
    if (current !== null && chunk.sha.length > 0 && Buffer.from(current.sha).equals(chunk.sha)) {
      return { body: { off: current.off } };
    }
    const { flash } = this.#terminal;
    const slot = flash.uploadSlot;
    if (slotInUse(flash, slot)) throw new GroupError(imageRc.noFreeSlot);
    if (length > flash.slotBytes) throw new GroupError(imageRc.tooLarge);
    this.#refuseOlder(chunk);
    if (
      chunk.sha.length === SHA_BYTES &&
      matches(flash.content(slot).subarray(0, length), chunk.sha)
    ) {
      this.#upload = null;
      return { body: { off: length, match: true } };
    }
    const eraseMs = flash.isEmpty(slot) ? 0 : this.#eraseMs(length, request.atMs);
    const upload = { content: new Uint8Array(length).fill(0xff), sha: chunk.sha, off: 0 };
    this.#upload = upload;
    flash.write(slot, upload.content);
    return this.#store(upload, chunk.data, eraseMs, request.atMs);
  }

  #continue(chunk: Chunk, request: Request): Reply {
    const upload = this.#upload;
    if (upload === null) return { body: { off: 0 } };
    if (chunk.off !== upload.off) return { body: { off: upload.off } };
    if (chunk.off + chunk.data.length > upload.content.length) {
      throw new GroupError(imageRc.dataOverrun);
    }
    return this.#store(upload, chunk.data, 0, request.atMs);
  }

  #store(upload: Upload, data: Uint8Array, eraseMs: number, atMs: number): Reply {
    const { flash, options } = this.#terminal;
    upload.content.set(data.subarray(0, upload.content.length - upload.off), upload.off);
    upload.off = Math.min(upload.off + data.length, upload.content.length);
    flash.write(flash.uploadSlot, upload.content);
    const busyMs = eraseMs + options.flashWriteMs;
    const total = upload.content.length;
    const { off } = upload;
    const afterwards = (thenMs: number): void => this.#progress(off, total, thenMs);
    if (off < total) return { body: { off }, busyMs, afterwards };
    this.#upload = null;
    const match = matches(upload.content, upload.sha);
    if (!match)
      this.#terminal.log(
        'err',
        'mcumgr_img_grp',
        'Uploaded image sha256 hash verification failed',
        atMs,
      );
    return { body: { off, match }, busyMs, afterwards };
  }

  #refuseOlder(chunk: Chunk): void {
    if (!chunk.upgrade) return;
    const { flash } = this.#terminal;
    const running = flash.image(flash.active);
    const offered = readVersion(chunk.data);
    if (running === null || offered === null) return;
    if (compareVersions(offered, running.version) <= 0) {
      throw new GroupError(imageRc.currentVersionIsNewer);
    }
  }

  #eraseMs(length: number, atMs: number): number {
    const sectors = Math.ceil(length / SECTOR_BYTES);
    const size = (sectors * SECTOR_BYTES).toString(16);
    this.#terminal.log('inf', 'mcumgr_img_grp', `Erased 0x${size} bytes of image slot`, atMs);
    if (this.#terminal.faults.has('slow-erase')) return SLOW_ERASE_MS;
    return sectors * this.#terminal.options.eraseMs;
  }

  #erase(request: Request): Reply {
    const { flash } = this.#terminal;
    const slot = count(request, 'slot') ?? flash.other;
    if (slot !== 0 && slot !== 1) throw new GroupError(imageRc.invalidSlot);
    if (flash.image(slot) !== null && (slotInUse(flash, slot) || slot === flash.active)) {
      throw new GroupError(imageRc.noFreeSlot);
    }
    const empty = flash.isEmpty(slot);
    const busyMs = empty ? 0 : this.#eraseMs(flash.slotBytes, request.atMs);
    flash.erase(slot);
    this.#upload = null;
    return { body: {}, busyMs };
  }
}

function matches(content: Uint8Array, sha: Uint8Array): boolean {
  return createHash('sha256').update(content).digest().equals(sha);
}
