/**
 * MCUboot's serial recovery (boot/boot_serial; MCUboot, "Serial recovery"): a few commands of the
 * OS and the image group, for whatever has no application any more. It knows neither `sha` nor
 * `upgrade`: an image goes straight into the primary slot, and a first part always begins anew.
 * What does not fill a write unit is asked for again; nothing is checked until the next boot.
 */
import { padded } from '../../boot/flash.ts';
import { isValidImage, versionText, type ImageInfo } from '../../boot/mcuboot-image.ts';
import { SECTOR_BYTES, WRITE_BYTES } from '../../boot/nor-flash.ts';
import type { SlotNumber } from '../../boot/flash.ts';
import type { Terminal } from '../../terminal/terminal.ts';
import type { CborMap } from '../cbor.ts';
import {
  SmpError,
  bytes,
  count,
  flag,
  rc,
  type Command,
  type Group,
  type Reply,
  type Request,
} from '../group.ts';
import type { Progress } from './image.ts';
import { restart } from './os.ts';

interface Receiving {
  readonly lengthBytes: number;
  off: number;
  erasedTo: number;
}

/** A single-image boot loader knows images 0 and, by an off-by-one of its own, 1: it has no area. */
const LAST_IMAGE = 1;

export class Recovery {
  readonly #terminal: Terminal;
  readonly #progress: Progress;
  #receiving: Receiving | null = null;

  constructor(terminal: Terminal, progress: Progress) {
    this.#terminal = terminal;
    this.#progress = progress;
  }

  /** How much of an image in work the boot loader has. */
  get haveBytes(): number {
    return this.#receiving?.off ?? 0;
  }

  reset(): void {
    this.#receiving = null;
  }

  groups(): readonly Group[] {
    const either = (handler: (request: Request) => Reply) => ({ read: handler, write: handler });
    const os = new Map<number, Command>([
      [0, either((request) => echo(request))],
      [1, either(() => ({ body: { rc: 0 } }))],
      [5, either(() => ({ ...restart(this.#terminal), body: { rc: 0 } }))],
    ]);
    const withState = this.#terminal.options.recoveryList === 'state';
    const list = { read: () => ({ body: this.#list() }) };
    const image = new Map<number, Command>([
      [0, withState ? { ...list, write: (request: Request) => this.#mark(request) } : list],
      [1, either((request) => this.#receive(request))],
    ]);
    return [
      { id: 0, name: 'os', commands: os, toVersion1: () => rc.unknown },
      { id: 1, name: 'image', commands: image, toVersion1: () => rc.unknown },
    ];
  }

  /** Only images that it would boot. */
  #list(): CborMap {
    const { flash } = this.#terminal;
    const images = flash.slotNumbers.flatMap((slot) => {
      const image = flash.image(slot);
      if (image === null || !isValidImage(flash.content(slot), this.#terminal.trust)) return [];
      return this.#entry(slot, image);
    });
    return { images };
  }

  #entry(slot: SlotNumber, image: ImageInfo): CborMap {
    const { recoveryList } = this.#terminal.options;
    return {
      ...(recoveryList === 'state' ? this.#flags(slot) : {}),
      slot,
      ...(recoveryList === 'bare' ? {} : { hash: image.hash }),
      version: versionText(image.version),
    };
  }

  /** Flags only where they are set; which image is active it can't say, none is. */
  #flags(slot: SlotNumber): CborMap {
    const { swap } = this.#terminal.flash;
    const pending = slot === 1 && (swap === 'test' || swap === 'perm');
    const confirmed = slot === (swap === 'revert' ? 1 : 0);
    return {
      bootable: true,
      ...(confirmed ? { confirmed } : {}),
      ...(pending ? { pending } : {}),
      ...(pending && swap === 'perm' ? { permanent: true } : {}),
    };
  }

  #mark(request: Request): Reply {
    const { flash, trust } = this.#terminal;
    const hash = bytes(request, 'hash');
    const confirm = flag(request, 'confirm');
    const slot = flash.slotNumbers.find((each) => {
      const image = flash.image(each);
      if (hash === null) return each === 0;
      if (image === null || !isValidImage(flash.content(each), trust)) return false;
      return Buffer.from(image.hash).equals(hash);
    });
    if (slot === undefined) throw new SmpError(rc.noEntry);
    if (slot === 0 && !confirm) throw new SmpError(rc.invalid);
    const { swap } = flash;
    const settled = swap === 'test' || swap === 'perm';
    if (settled || (swap === 'revert' && (slot === 1 || !confirm))) throw new SmpError(rc.badState);
    flash.mark(slot, confirm);
    return { body: this.#list() };
  }

  #receive(request: Request): Reply {
    const off = count(request, 'off');
    const data = bytes(request, 'data');
    if (off === null || data === null) throw new SmpError(rc.invalid);
    const { nor } = this.#terminal.flash;
    const before = nor.erases;
    if (off === 0) this.#begin(count(request, 'image') ?? 0, count(request, 'len'));
    const receiving = this.#receiving;
    if (receiving === null || off !== receiving.off) {
      return { body: { rc: 0, off: receiving?.off ?? 0 } };
    }
    if (off + data.length > receiving.lengthBytes) throw new SmpError(rc.invalid);
    this.#store(receiving, data);
    const { eraseMs, flashWriteMs } = this.#terminal.options;
    const busyMs = flashWriteMs + (nor.erases - before) * eraseMs;
    const { lengthBytes, off: have } = receiving;
    const afterwards = (atMs: number): void => this.#progress(have, lengthBytes, atMs);
    return { body: { rc: 0, off: have }, busyMs, afterwards };
  }

  #begin(image: number, lengthBytes: number | null): void {
    const { flash, options } = this.#terminal;
    if (image > LAST_IMAGE) throw new SmpError(rc.noEntry);
    if (image > 0 || lengthBytes === null || lengthBytes > flash.slotBytes) {
      throw new SmpError(rc.invalid);
    }
    const progressive = options.eraseMode === 'progressive';
    if (!progressive) flash.erase(0);
    const erasedTo = progressive ? 0 : flash.primary.area.sectors;
    this.#receiving = { lengthBytes, off: 0, erasedTo };
  }

  #store(receiving: Receiving, data: Uint8Array): void {
    const { area } = this.#terminal.flash.primary;
    const last = receiving.off + data.length === receiving.lengthBytes;
    const whole = last ? data.length : data.length - (data.length % WRITE_BYTES);
    this.#eraseTo(receiving, Math.ceil((receiving.off + whole) / SECTOR_BYTES));
    area.program(receiving.off, padded(data.subarray(0, whole)));
    receiving.off += whole;
    if (last)
      this.#eraseTo(receiving, area.sectors, this.#terminal.flash.primary.trailer.firstSector);
  }

  #eraseTo(receiving: Receiving, end: number, from = receiving.erasedTo): void {
    const first = Math.max(from, receiving.erasedTo);
    if (end <= first) return;
    this.#terminal.flash.primary.area.erase(first, end - first);
    receiving.erasedTo = end;
  }
}

function echo(request: Request): Reply {
  const said = request.fields.get('d');
  if (typeof said !== 'string') throw new SmpError(rc.invalid);
  return { body: { r: said } };
}
