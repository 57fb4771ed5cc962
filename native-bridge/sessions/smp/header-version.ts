/**
 * Which header version the device speaks. Version 2 is tried first. Three ways to be told of
 * version 1: its reply's header is version 1; it refuses with "version too new"; or it stays
 * silent: MCUboot's serial recovery compares the whole first byte with the operation and drops a
 * version-2 request without a word (boot/boot_serial/src/boot_serial.c). So until something was
 * answered, sendings alternate.
 */
import type { SmpVersion } from '../../protocols/smp/header.ts';

export class HeaderVersion {
  #version: SmpVersion;
  #proven = false;

  constructor(first: SmpVersion) {
    this.#version = first;
  }

  /** The version to send with. */
  get current(): SmpVersion {
    return this.#version;
  }

  /** Something was answered in this version. */
  get isProven(): boolean {
    return this.#proven;
  }

  answered(version: SmpVersion): void {
    this.#version = version;
    this.#proven = true;
  }

  /** A sending in `version` had no answer in time: the next one may try the other. */
  unanswered(version: SmpVersion): void {
    if (!this.#proven && version === this.#version) this.#version = version === 2 ? 1 : 2;
  }

  /** Nobody answers any more: a boot loader may have taken the application's place. */
  doubt(): void {
    this.#proven = false;
  }

  /** True where the refusal was about the version, and the request may be sent again in another. */
  refused(meaning: string, sentIn: SmpVersion): boolean {
    const wanted = meaning === 'version-too-new' ? 1 : meaning === 'version-too-old' ? 2 : sentIn;
    if (wanted === sentIn) return false;
    this.answered(wanted);
    return true;
  }
}
