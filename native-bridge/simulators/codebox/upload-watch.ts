/** Looks on while an image comes in: what it cost on the line, and the mishaps on its way. */
import type { Scheduler } from './engine/scheduler.ts';
import type { FaultSet } from './faults.ts';
import { UploadAccounting, type UploadAccount } from './line/accounting.ts';
import type { Cable } from './line/cable.ts';
import type { Packet } from './smp/console-frames.ts';
import type { Header } from './smp/packet.ts';
import type { Terminal } from './terminal/terminal.ts';

const MISHAP_SHARE = 0.4;
const DRAIN_SHARE = 0.5;
const CABLE_OUT_MS = 3000;
const POWER_OUT_MS = 1500;
const IMAGE_GROUP = 1;
const UPLOAD = 1;

export class UploadWatch {
  readonly #faults: FaultSet;
  readonly #cable: Cable;
  readonly #terminal: Terminal;
  readonly #scheduler: Scheduler;
  readonly #accounting: UploadAccounting;

  constructor(faults: FaultSet, cable: Cable, terminal: Terminal, scheduler: Scheduler) {
    this.#faults = faults;
    this.#cable = cable;
    this.#terminal = terminal;
    this.#scheduler = scheduler;
    this.#accounting = new UploadAccounting(cable.byteMs);
  }

  report(): UploadAccount[] {
    return this.#accounting.report();
  }

  /** Every request before it is handled; `haveBytes` of the image are there. */
  observe(
    header: Header,
    fields: ReadonlyMap<string, unknown>,
    packet: Packet,
    haveBytes: number,
  ): void {
    const upload = header.group === IMAGE_GROUP && header.command === UPLOAD;
    if (!upload || header.op !== 'write') return;
    const [off, data, len] = [fields.get('off'), fields.get('data'), fields.get('len')];
    if (typeof off !== 'number' || !(data instanceof Uint8Array)) return;
    const imageBytes = typeof len === 'number' ? len : null;
    this.#accounting.request({ off, bytes: data.length, imageBytes }, packet, haveBytes);
  }

  /** A part was taken and answered. */
  readonly progress = (haveBytes: number, totalBytes: number, atMs: number): void => {
    this.#accounting.progress(haveBytes, totalBytes);
    const share = haveBytes / totalBytes;
    if (this.#faults.has('battery-drop') && share >= DRAIN_SHARE) this.#terminal.drained = true;
    if (share < MISHAP_SHARE || share === 1) return;
    if (this.#faults.takeOnce('reset-mid-upload')) this.#terminal.reset(atMs);
    if (this.#faults.takeOnce('power-lost-mid-upload')) {
      this.#terminal.power.off(atMs, POWER_OUT_MS);
    }
    if (this.#faults.takeOnce('cable-pulled-mid-upload')) this.#slipCable(atMs);
  };

  #slipCable(atMs: number): void {
    // A port that can't come back stays away, as a cable that was never plugged in again.
    const ignore = (): void => undefined;
    this.#cable.pull().catch(ignore);
    this.#scheduler.at(atMs + CABLE_OUT_MS, () => void this.#cable.plug().catch(ignore));
  }
}
