/**
 * `sync:` (adb/SYNC.TXT and file_sync_protocol.h): STAT, LIST, SEND, RECV and their second versions,
 * each only where the terminal announces it. Compression is not offered, so the flags of SND2 and
 * RCV2 have to be 0.
 */
import { dataHeader, dirEntry, dirEnd, fail, id, okay, stat1, stat2 } from './sync-messages.ts';
import type { Stream } from '../adb/stream.ts';
import type { Device } from '../device/device.ts';
import { ENOENT, FileError, S_IFREG } from '../device/files.ts';

const DATA_BYTES = 64 * 1024;
const MAX_PATH_BYTES = 1024;
const ABSURD_BYTES = 0xffff_fff0;

/** The host's message can't be understood; the service ends. */
class SyncError extends Error {}

export class SyncService {
  readonly #stream: Stream;
  readonly #device: Device;

  constructor(stream: Stream, device: Device) {
    this.#stream = stream;
    this.#device = device;
  }

  async serve(): Promise<void> {
    try {
      while (await this.#serveOne());
    } catch (error) {
      if (!(error instanceof SyncError)) throw error;
      await this.#stream.write(fail(error.message));
    } finally {
      this.#stream.close();
    }
  }

  async #serveOne(): Promise<boolean> {
    const head = await this.#stream.readExactly(8);
    if (head === null) return false;
    const request = head.toString('latin1', 0, 4);
    if (request === 'QUIT') return false;
    const length = head.readUInt32LE(4);
    if (length > MAX_PATH_BYTES) throw new SyncError('path too long');
    const path = (await this.#must(length)).toString('utf8');
    const { features } = this.#device.model.adb;
    if (request === 'STAT') await this.#stream.write(stat1(this.#device.files.stat(path)));
    else if (request === 'LIST') await this.#list(path, false);
    else if (request === 'SEND') await this.#send(path);
    else if (request === 'RECV') await this.#receive(path);
    else if (features.includes('stat_v2') && (request === 'STA2' || request === 'LST2')) {
      const stat = this.#device.files.stat(path);
      await this.#stream.write(stat2(request, stat, stat === null ? ENOENT : 0));
    } else if (features.includes('ls_v2') && request === 'LIS2') await this.#list(path, true);
    else if (features.includes('sendrecv_v2') && request === 'SND2') await this.#send2(path);
    else if (features.includes('sendrecv_v2') && request === 'RCV2') await this.#receive2(path);
    else throw new SyncError(`unknown command ${request}`);
    return true;
  }

  async #must(bytes: number): Promise<Buffer> {
    const read = await this.#stream.readExactly(bytes);
    if (read === null) throw new SyncError('closed');
    return read;
  }

  async #list(path: string, second: boolean): Promise<void> {
    const { files } = this.#device;
    for (const name of files.list(path) ?? []) {
      const stat = files.stat(`${path}/${name}`);
      if (stat !== null) await this.#stream.write(dirEntry(second, name, stat));
    }
    await this.#stream.write(dirEnd(second));
  }

  /** `PATH,MODE` */
  async #send(target: string): Promise<void> {
    const comma = target.lastIndexOf(',');
    const path = comma < 0 ? target : target.slice(0, comma);
    const mode = comma < 0 ? 0o644 : Number.parseInt(target.slice(comma + 1), 10);
    await this.#take(path, mode);
  }

  async #send2(path: string): Promise<void> {
    const setup = await this.#must(12);
    if (setup.readUInt32LE(8) !== 0) throw new SyncError('compression is not supported');
    await this.#take(path, setup.readUInt32LE(4));
  }

  /** What can't be written is read to its end all the same, and refused then, as adbd does. */
  async #take(path: string, mode: number): Promise<void> {
    const { files } = this.#device;
    const pieces: Buffer[] = [];
    let problem = this.#whyNot(() => files.checkWritable(path));
    let held = 0;
    for (;;) {
      const head = await this.#must(8);
      const kind = head.toString('latin1', 0, 4);
      const value = head.readUInt32LE(4);
      if (kind === 'DONE') {
        problem ??= this.#whyNot(() => files.write(path, Buffer.concat(pieces), mode, value));
        break;
      }
      if (kind !== 'DATA') throw new SyncError(`unexpected ${kind}`);
      if (value > DATA_BYTES) throw new SyncError('oversize data message');
      const piece = await this.#must(value);
      held += piece.length;
      if (held > this.#device.freeBytes) problem ??= 'write failed: No space left on device';
      if (problem === null) pieces.push(piece);
    }
    await this.#stream.write(problem === null ? okay() : fail(problem));
  }

  #whyNot(act: () => void): string | null {
    try {
      act();
      return null;
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      return `couldn't create file: ${error.message}`;
    }
  }

  async #receive2(path: string): Promise<void> {
    const setup = await this.#must(8);
    if (setup.readUInt32LE(4) !== 0) throw new SyncError('compression is not supported');
    await this.#receive(path);
  }

  async #receive(path: string): Promise<void> {
    const stat = this.#device.files.stat(path);
    if (stat === null || (stat.mode & S_IFREG) === 0) {
      await this.#stream.write(fail('open failed: No such file or directory'));
      return;
    }
    const bytes = this.#device.files.read(path);
    for (let at = 0; at < bytes.length; at += DATA_BYTES) {
      const piece = bytes.subarray(at, at + DATA_BYTES);
      const absurd = this.#device.faults.has('absurd-sync-size');
      await this.#stream.write(dataHeader(absurd ? ABSURD_BYTES : piece.length));
      await this.#stream.write(piece);
    }
    await this.#stream.write(id('DONE', 0));
  }
}
