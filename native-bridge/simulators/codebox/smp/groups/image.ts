/** Group 1, images: upload and erase; the rest of the group is in image-state.ts. */
import { createHash } from 'node:crypto';
import { slotInUse } from '../../boot/next-boot.ts';
import { takesMarks } from '../../boot/modes.ts';
import { SECTOR_BYTES } from '../../boot/nor-flash.ts';
import { Upload } from '../../boot/upload.ts';
import { compareVersions, readVersion } from '../../boot/mcuboot-image.ts';
import type { Terminal } from '../../terminal/terminal.ts';
import { GroupError, count, type Command, type Group, type Reply, type Request } from '../group.ts';
import { SHA_BYTES, inspectFirst, readChunk, type Chunk } from './image-chunk.ts';
import { imageRc, imageToVersion1, readState, slotInfo, writeState } from './image-state.ts';

const SLOW_ERASE_MS = 8000;
/** By how much a reply lies about the offset it wants. */
const SLIP_BYTES = 512;
const HALF = 0.5;

/** Called at each accepted part, with how far the image is. */
export type Progress = (haveBytes: number, totalBytes: number, atMs: number) => void;

export class ImageGroup {
  readonly #terminal: Terminal;
  readonly #progress: Progress;
  #upload: Upload | null = null;
  /** A part was stored wrongly, and nobody will be told. */
  #claimsMatch = false;

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
    this.#claimsMatch = false;
  }

  group(): Group {
    const { flash } = this.#terminal;
    const state = (request: Request): Reply => readState(this.#terminal, request);
    const mark = (request: Request): Reply => writeState(this.#terminal, request);
    return {
      id: 1,
      name: 'img mgmt',
      commands: new Map<number, Command>([
        [0, takesMarks(flash.mode) ? { read: state, write: mark } : { read: state }],
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
    if (flash.imageStart(slot) + length > flash.slotBytes) throw new GroupError(imageRc.tooLarge);
    this.#refuseOlder(chunk);
    const there = flash.content(slot).subarray(0, length);
    if (chunk.sha.length === SHA_BYTES && matches(there, chunk.sha)) {
      this.#upload = null;
      return { body: { off: length, match: true } };
    }
    return this.#timed(request.atMs, () => {
      const progressive = this.#terminal.options.eraseMode === 'progressive';
      const into = { slot, lengthBytes: length, sha: chunk.sha, progressive };
      const upload = new Upload(flash, into);
      this.#upload = upload;
      return this.#store(upload, chunk.data, request.atMs);
    });
  }

  #continue(chunk: Chunk, request: Request): Reply {
    const upload = this.#upload;
    if (upload === null) return { body: { off: 0 } };
    if (chunk.off !== upload.off) return { body: { off: upload.off } };
    if (chunk.off + chunk.data.length > upload.lengthBytes) {
      throw new GroupError(imageRc.dataOverrun);
    }
    return this.#timed(request.atMs, () => this.#store(upload, chunk.data, request.atMs));
  }

  #store(upload: Upload, data: Uint8Array, atMs: number): Reply {
    const { faults, options } = this.#terminal;
    const total = upload.lengthBytes;
    const pastHalf = upload.off + data.length >= total * HALF;
    const damages = pastHalf && faults.takeOnce('stores-wrong-byte');
    if (damages) this.#claimsMatch = true;
    upload.store(data, damages);
    const { off } = upload;
    const busyMs = options.flashWriteMs;
    const afterwards = (thenMs: number): void => this.#progress(off, total, thenMs);
    if (off < total) {
      return { body: { off: this.#claimedOffset(upload, pastHalf) }, busyMs, afterwards };
    }
    this.#upload = null;
    const match = matches(upload.stored, upload.sha) || this.#claimsMatch;
    this.#claimsMatch = false;
    if (!match)
      this.#terminal.log(
        'err',
        'mcumgr_img_grp',
        'Uploaded image sha256 hash verification failed',
        atMs,
      );
    return { body: { off, match }, busyMs, afterwards };
  }

  /** The offset as it is, or as a faulty terminal has it. */
  #claimedOffset({ off, lengthBytes }: Upload, pastHalf: boolean): number {
    const { faults } = this.#terminal;
    if (!pastHalf) return off;
    if (faults.has('upload-offset-beyond')) return lengthBytes;
    if (faults.takeOnce('upload-offset-ahead')) return Math.min(off + SLIP_BYTES, lengthBytes - 1);
    if (faults.takeOnce('upload-offset-behind')) return Math.max(off - SLIP_BYTES, 0);
    return off;
  }

  /** Adds the time of the sectors that were erased meanwhile. */
  #timed(atMs: number, act: () => Reply): Reply {
    const { nor } = this.#terminal.flash;
    const before = nor.erases;
    const reply = act();
    const erasing = this.#eraseMs(nor.erases - before, atMs);
    return { ...reply, busyMs: (reply.busyMs ?? 0) + erasing };
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

  #eraseMs(sectors: number, atMs: number): number {
    if (sectors === 0) return 0;
    const size = (sectors * SECTOR_BYTES).toString(16);
    this.#terminal.log('inf', 'mcumgr_img_grp', `Erased 0x${size} bytes of image slot`, atMs);
    if (this.#terminal.faults.has('slow-erase')) return SLOW_ERASE_MS;
    return sectors * this.#terminal.options.eraseMs;
  }

  #erase(request: Request): Reply {
    const { flash } = this.#terminal;
    const slot = count(request, 'slot') ?? flash.other;
    if ((slot !== 0 && slot !== 1) || !flash.slotNumbers.includes(slot)) {
      throw new GroupError(imageRc.invalidSlot);
    }
    if (flash.image(slot) !== null && (slotInUse(flash, slot) || slot === flash.active)) {
      throw new GroupError(imageRc.noFreeSlot);
    }
    this.#upload = null;
    return this.#timed(request.atMs, () => {
      if (!flash.isEmpty(slot)) flash.erase(slot);
      return { body: {} };
    });
  }
}

function matches(content: Uint8Array, sha: Uint8Array): boolean {
  return createHash('sha256').update(content).digest().equals(sha);
}
