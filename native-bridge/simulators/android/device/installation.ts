/**
 * Which build boots: one of each slot where there are two, and what an installation put there. An
 * update goes to the slot that does not run, and is tried at the next start.
 */
import type { FaultSet } from '../faults.ts';
import type { Firmware, Model } from '../models/model.ts';

type Slot = 'a' | 'b';

export class Installation {
  readonly #faults: FaultSet;
  readonly #bySlot = new Map<Slot | null, Firmware>();
  #slot: Slot | null;
  readonly #successful = new Set<Slot>(['a']);
  #unbootable: Slot | null = null;
  /** The slot, and what was there before, until the new build has started. */
  #tried: { readonly slot: Slot | null; readonly firmware: Firmware } | null = null;

  constructor(model: Model, faults: FaultSet) {
    this.#faults = faults;
    this.#slot = model.slots === null ? null : 'a';
    for (const slot of model.slots ?? [null]) this.#bySlot.set(slot, model.firmware);
  }

  get slot(): Slot | null {
    return this.#slot;
  }

  /** As `set_active` does it: what was known of that slot is forgotten. */
  set slot(slot: Slot | null) {
    if (slot !== this.#slot) {
      // Back to where it came from there is nothing to be tried.
      const isBack = this.#tried?.slot === slot;
      this.#tried = isBack ? null : (this.#tried ?? { slot: this.#slot, firmware: this.firmware });
    }
    this.#slot = slot;
    if (slot === null) return;
    this.#successful.delete(slot);
    if (this.#unbootable === slot) this.#unbootable = null;
  }

  get successful(): ReadonlySet<Slot> {
    return this.#successful;
  }

  get unbootable(): Slot | null {
    return this.#unbootable;
  }

  /** Of the slot that starts next. */
  get firmware(): Firmware {
    const found = this.#bySlot.get(this.#slot);
    if (found === undefined) throw new Error('no such slot');
    return found;
  }

  set firmware(firmware: Firmware) {
    this.#bySlot.set(this.#slot, firmware);
  }

  /** An update package was installed. */
  update(firmware: Firmware): void {
    this.#tried = { slot: this.#slot, firmware: this.firmware };
    if (this.#slot !== null) this.#slot = this.#slot === 'a' ? 'b' : 'a';
    this.firmware = firmware;
  }

  /** An image with a build of its own was written to a slot. */
  flashed(slot: Slot | null, firmware: Firmware): void {
    this.#tried ??= { slot: this.#slot, firmware: this.firmware };
    this.#bySlot.set(slot, firmware);
  }

  /** True: something was installed since it ran last. */
  get tried(): boolean {
    return this.#tried !== null;
  }

  /** It starts: what was new is so no more, or could not start. */
  started(): void {
    if (this.#tried !== null && this.#faults.takeOnce('slot-falls-back')) this.goBack();
    this.#tried = null;
    if (this.#slot !== null) this.#successful.add(this.#slot);
  }

  goBack(): void {
    if (this.#tried === null) return;
    if (this.#slot !== this.#tried.slot) this.#unbootable = this.#slot;
    this.#slot = this.#tried.slot;
    this.firmware = this.#tried.firmware;
    this.#tried = null;
  }
}
