/** The partitions and what was written to them, as far as it was. */
import { createHash } from 'node:crypto';
import type { Run } from './sparse.ts';
import type { Model } from '../models/model.ts';

export interface PartitionOnDisk {
  /** With its slot: `boot_a`. */
  readonly fullName: string;
  readonly bytes: number;
  readonly type: string;
  readonly logical: boolean;
}

export class Partitions {
  readonly #all: readonly PartitionOnDisk[];
  readonly #contents = new Map<string, Buffer>();
  readonly #erased = new Set<string>();
  /** Logical partitions have the room that they were given. */
  readonly #resized = new Map<string, number>();

  constructor({ partitions, slots }: Model) {
    this.#all = partitions.flatMap(({ name, bytes, type, slotted, logical = false }) =>
      slotted && slots !== null
        ? slots.map((slot) => ({ fullName: `${name}_${slot}`, bytes, type, logical }))
        : [{ fullName: name, bytes, type, logical }],
    );
  }

  /** The boot loader does not look into `super`. */
  list(userspace: boolean): PartitionOnDisk[] {
    return this.#all
      .filter(({ logical }) => userspace || !logical)
      .map((each) => ({ ...each, bytes: this.#resized.get(each.fullName) ?? each.bytes }));
  }

  find(fullName: string, userspace: boolean): PartitionOnDisk | null {
    return this.list(userspace).find((each) => each.fullName === fullName) ?? null;
  }

  write(fullName: string, runs: readonly Run[]): void {
    const before = this.#contents.get(fullName) ?? Buffer.alloc(0);
    const end = Math.max(before.length, ...runs.map(({ offset, bytes }) => offset + bytes.length));
    const content = Buffer.alloc(end);
    before.copy(content);
    for (const { offset, bytes } of runs) bytes.copy(content, offset);
    this.#contents.set(fullName, content);
  }

  /** What it held is gone with its room. */
  resize(fullName: string, bytes: number): void {
    this.#resized.set(fullName, bytes);
    if (bytes === 0) this.#contents.delete(fullName);
  }

  erase(fullName: string): void {
    this.#erased.add(fullName);
    this.#contents.delete(fullName);
  }

  /** Up to the last byte that was written; null: nothing was. */
  content(fullName: string): Buffer | null {
    return this.#contents.get(fullName) ?? null;
  }

  /** For assertions. */
  get erased(): readonly string[] {
    return [...this.#erased];
  }

  /** For assertions. */
  summary(): Record<string, { readonly bytes: number; readonly sha256: string }> {
    return Object.fromEntries(
      [...this.#contents].map(([name, content]) => [
        name,
        { bytes: content.length, sha256: createHash('sha256').update(content).digest('hex') },
      ]),
    );
  }
}
