/**
 * A terminal whose flash was cut off while it restarted: how long it may be silent, and where it may
 * be meanwhile. A restart can bring it back under another name or as another USB product.
 */
import { faultOf } from '../contract/bridge-fault.ts';
import type { FlashPhase } from '../contract/firmware.ts';
import type { KnownTerminal, Ownership } from '../records/types.ts';
import { findShipped } from '../terminals/catalogue.ts';
import { ageMs } from './age.ts';
import type { Context } from './context.ts';
import { defaultSwapTimeoutMs } from './flash/begin.ts';
import { openFlashes, readable, type FlashEntry } from './flash/entry.ts';
import { slotHashes } from './firmware-state.ts';
import { identify, imageStateOf, usbSerialNumber } from './identify.ts';
import { otherPorts, type LeftPort } from './other-ports.ts';
import { portLockName } from './port-lock.ts';
import { chosenModel } from './recognise.ts';
import { tryContact, type Asked, type Contact } from './try-contact.ts';

/** Steps in which the terminal restarts, or may have been told to. */
const restarting: ReadonlySet<FlashPhase> = new Set([
  'update-mode',
  'restart',
  'reidentify',
  'confirm',
]);

export interface Restarting {
  readonly known: KnownTerminal;
  readonly entry: FlashEntry;
  /** For so much longer it may be silent; 0 or less: it should be back. */
  readonly remainingMs: number;
}

/**
 * Of the terminal on this port; null: there is none that may be silent. `chosen`: the profile that
 * was asked for, which may not be a shipped one.
 */
export async function restartingOn(
  context: Context,
  { chosen }: Asked,
  portUrl: string,
): Promise<Restarting | null> {
  const known = await context.records.terminalHolding(portUrl, []);
  if (known === null) return null;
  const open = (await openFlashes(context, known.id)).at(-1);
  const flash = open && readable(context, open);
  if (!open || !flash) return null;
  // A recovery that is no longer served gives up and restarts; a boot loader stays where it is.
  const unserved = flash.entry.course !== 'staged' && flash.phase === 'upload';
  if (!restarting.has(flash.phase) && !unserved) return null;
  const profile = chosen ?? findShipped(known.profile);
  const waitMs = profile?.firmware?.swapTimeoutMs ?? defaultSwapTimeoutMs;
  // A clock that was set back must not make it wait for hours.
  const silentMs = Math.max(0, ageMs(context, open.updatedUtc));
  return { known, entry: flash.entry, remainingMs: waitMs - silentMs };
}

export interface Moved extends Contact {
  readonly portUrl: string;
  /** Of the port it is on now, which belongs to whoever gets this. */
  readonly portLock: Ownership;
}

/** Looks for one restarting terminal, time and again. */
export class MovedSearch {
  readonly #context: Context;
  readonly #asked: Asked;
  readonly #portUrl: string;
  readonly #restarting: Restarting;
  /** Ports where somebody else answered: not asked again as long as they stay. */
  #others: ReadonlySet<string> = new Set();

  constructor(context: Context, asked: Asked, portUrl: string, sought: Restarting) {
    this.#context = context;
    this.#asked = asked;
    this.#portUrl = portUrl;
    this.#restarting = sought;
  }

  /**
   * null: it is on no other port now. A port that somebody has is not opened. `isLate`: so long after
   * it went what has come since says nothing, only its USB device's number does. Never throws.
   */
  async look(signal: AbortSignal, isLate: boolean): Promise<Moved | null> {
    try {
      const asked = await this.#asKnown();
      const left = this.#left(asked);
      const urls = await otherPorts(this.#context, isLate ? { ...left, portsBefore: null } : left);
      this.#others = new Set([...this.#others].filter((url) => urls.includes(url)));
      for (const url of urls) {
        if (signal.aborted) return null;
        const moved = this.#others.has(url) ? null : await this.#at(url, asked, signal);
        if (moved) return moved;
      }
    } catch (error) {
      this.#context.log.info(`not looked on other ports: ${faultOf(error).code}`);
    }
    return null;
  }

  /** With its profile, where nobody chose one: a boot loader does not tell its model. */
  async #asKnown(): Promise<Asked> {
    const { known } = this.#restarting;
    const isShipped = findShipped(known.profile) !== null;
    if (this.#asked.chosen !== null || !isShipped) return this.#asked;
    const params = { ...this.#asked, profile: known.profile };
    return { ...params, chosen: await chosenModel(this.#context, params, this.#portUrl) };
  }

  #left({ chosen }: Asked): LeftPort {
    const { place } = this.#restarting.entry;
    return {
      portUrl: this.#portUrl,
      usbSerialNumber: place?.usbSerialNumber ?? null,
      portsBefore: place ? new Set(place.portsBefore) : null,
      profile: chosen,
    };
  }

  async #at(portUrl: string, asked: Asked, signal: AbortSignal): Promise<Moved | null> {
    const { records, log } = this.#context;
    const portLock = await records.acquire(portLockName(portUrl)).catch(() => null);
    if (portLock === null) return null;
    let contact: Contact | null = null;
    try {
      contact = await tryContact(this.#context, asked, portUrl, signal);
      const own = await this.#own(contact, portUrl, signal);
      if (own) {
        log.info(`${this.#restarting.known.id} is back on ${portUrl}`);
        return { ...own, portUrl, portLock };
      }
      this.#others = new Set([...this.#others, portUrl]);
    } catch (error) {
      log.debug(`not on ${portUrl}: ${faultOf(error).code}`);
    }
    await contact?.session
      .close()
      .catch((left: unknown) => log.warn(`not closed: ${String(left)}`));
    await portLock.release();
    return null;
  }

  /**
   * null: another one. An application says its number; one without a number is known by its port
   * alone, and this is another port. A boot loader is known by its USB device and what it holds.
   */
  async #own(contact: Contact, portUrl: string, signal: AbortSignal): Promise<Contact | null> {
    const { known, entry } = this.#restarting;
    const { session, recognised } = contact;
    if (session.kind === 'fastboot')
      return recognised.bootLoader?.of?.id === known.id ? contact : null;
    if (recognised.bootLoader !== null) {
      const usb = await usbSerialNumber(this.#context, portUrl);
      if (usb === null || usb !== entry.place?.usbSerialNumber) return null;
      const state = session.kind === 'smp' ? await imageStateOf(session, signal) : null;
      const held = state === null ? [] : slotHashes(state);
      const ids = new Set([...known.slotHashes, entry.target.id]);
      if (held.length > 0 && !held.some((hash) => ids.has(hash))) return null;
      return { session, recognised: { ...recognised, bootLoader: { of: known } } };
    }
    const { profile } = recognised;
    const { identity } = await identify(this.#context, session, profile, portUrl, signal);
    if (identity.serialNumber === null || identity.serialNumber !== known.serialNumber) return null;
    const id = await this.#context.records.terminalIdOf(identity, portUrl, []);
    return id === known.id ? contact : null;
  }
}
