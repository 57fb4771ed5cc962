/**
 * What a flash asks of a terminal, whatever protocol it speaks. The engine (plan, journal, waiting,
 * proof, verdict) knows only this; each family of boot loaders has its own method.
 *
 * A method never says how a flash ended: it does one thing and throws where the terminal says no,
 * and `look` tells what is on the terminal. Only what was seen counts.
 */
import type { Facts } from '../../contract/common.ts';
import type { Reading, ReadingName } from '../../contract/reading.ts';
import type { OtaTarget } from '../../firmware/ota/judge-ota.ts';
import type { FastbootVariables } from '../../protocols/fastboot/variables.ts';
import type { McubootFile, OtaFile } from './firmware-file.ts';

/**
 * Firmware by its version and what tells it from every other: its own hash, hex, or the fingerprint
 * of an Android build (null: the terminal can't tell).
 */
export interface Firmware {
  readonly version: string;
  readonly id: string | null;
}

export interface RunningFirmware extends Firmware {
  /** False: on trial; the next restart goes back. */
  readonly confirmed: boolean;
}

/** What the next restart does with a stored image: nothing, try it, or run it for good. */
export type NextStart = 'no' | 'trial' | 'for-good';

export interface StoredFirmware extends Firmware {
  readonly start: NextStart;
}

export interface FirmwareState {
  /** `boot-loader` (or a recovery): no application runs; what can be done is to send one. */
  readonly answering: 'application' | 'boot-loader';
  /** null: nothing runs, or the terminal does not tell. */
  readonly running: RunningFirmware | null;
  /** Complete images beside the running one. */
  readonly stored: StoredFirmware[];
}

/** The line as it was measured. */
export interface Link {
  /** Of an echo; null: the terminal has none. */
  readonly roundTripMs: number | null;
  /** What the line carries, framing included; null where it made no difference to the echoes. */
  readonly bytesPerSecond: number | null;
  /** Echoes that did not come back, of those sent: 0..1; null: none were sent. */
  readonly lostShare: number | null;
  /** The terminal's own; null: it can't tell. */
  readonly bufferBytes: number | null;
  readonly bufferCount: number | null;
}

/** What a flash has to know of the terminal before anything is touched. */
export interface Survey {
  readonly state: FirmwareState;
  /** Of the boot loader, as it says itself (`told`), else as the profile does; null: neither. */
  readonly mode: {
    readonly name: string;
    readonly told: boolean;
    /** A new image runs on trial, and the old one comes back unless it is confirmed. */
    readonly trial: boolean;
  } | null;
  /** Where the image goes; null: not known. */
  readonly slotSizeBytes: number | null;
  /** What it says of its slots can't be so: then only the profile tells their size. */
  readonly slotAbsurd?: boolean;
  /** The largest image that the boot loader takes, as it says itself. */
  readonly maxImageBytes?: number | null;
  /** What runs of the other images (cores) that the terminal shows. */
  readonly otherImages?: readonly { readonly image: number; readonly version: string }[];
  readonly link: Link;
  readonly readings: ReadonlyMap<ReadingName, Reading>;
  /** What an update for Android is held against; absent: no Android. */
  readonly android?: OtaTarget;
  /** What a factory package is held against; absent: none is to be flashed. */
  readonly bootLoader?: BootLoaderSeen;
}

/** What is known of an Android terminal's boot loader: from itself, or what its system says of it. */
export interface BootLoaderSeen {
  /** Names that it may have for its model. */
  readonly products: readonly string[];
  /** null: not told. */
  readonly unlocked: boolean | null;
  readonly version: string | null;
  /** One for each modem. */
  readonly basebands: readonly string[];
  readonly hasSlots: boolean | null;
  /** Updates keep the other slot's partitions in the room of this one's (Virtual A/B). */
  readonly virtualAb: boolean | null;
  /** Its system and others lie in one partition, `super`, which only fastbootd looks into. */
  readonly hasSuper: boolean | null;
  /** null: its system answers, and these were not asked. */
  readonly variables: FastbootVariables | null;
}

/** What the echoes do not tell of a transfer. */
export interface TransferPace {
  /** Of the port; null: it has none. */
  readonly baud: number | null;
  /** Of the terminal's flash memory. */
  readonly writeMsPerKib: number;
}

export interface TransferProgress {
  /** How far the terminal is, as it said itself. */
  readonly offsetBytes: number;
  /** Why nothing moves just now. */
  readonly erasing: boolean;
}

export interface Until {
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
}

interface AnyMethod {
  /** Everything of the plan that the terminal can tell. Takes seconds on a slow line. */
  survey(signal: AbortSignal): Promise<Survey>;
  look(until: Until): Promise<FirmwareState>;
  /** How long the transfer will take, without an erase before it. */
  predictTransferMs(imageBytes: number, link: Link, pace: TransferPace): number;
  /** Asks for a restart; the reply may be lost with it. */
  restart(until: Until): Promise<void>;
  /** The recording's and the case's words for how this is done. */
  readonly facts: Facts;
}

/**
 * The image is stored beside what runs, verified there, tried once and confirmed: what is on the
 * terminal shows at every step.
 */
export interface StagedMethod extends AnyMethod {
  readonly course: 'staged';
  readonly format: 'mcuboot';
  /** Sends exactly these bytes; goes on where the terminal is. */
  transfer(
    file: McubootFile,
    found: Survey,
    signal: AbortSignal,
  ): AsyncGenerator<TransferProgress, void, void>;
  /** Marks a stored image for one trial start. A lost reply throws `reply-timeout`: look, don't repeat. */
  markForTrial(id: string, until: Until): Promise<void>;
  /** Makes the firmware stay that runs, whichever it is. As `markForTrial` for a lost reply. */
  confirm(until: Until): Promise<void>;
}

/**
 * Who answers while the recovery or boot loader is waited for. `menu`: a recovery that takes no
 * package before somebody chooses so on its screen.
 */
export type Counterpart = 'ready' | 'menu' | 'system';

export interface HandOverProgress {
  /** At most the package's size, though it reads some of it again. */
  readonly servedBytes: number;
  /** So much was asked for as there is: it is installing, and may ask for nothing any more. */
  readonly installing: boolean;
}

/**
 * The package is handed over to a recovery, which installs it. Nothing that it says is proof: what
 * runs after the restart is.
 */
export interface HandedOverMethod extends AnyMethod {
  readonly course: 'handed-over';
  readonly format: 'android-ota';
  /**
   * Asks for a restart into the recovery. `returns`: it is to leave by itself, however the
   * installation ends; else it stays, to be offered the package again.
   */
  enterUpdateMode(returns: boolean, until: Until): Promise<void>;
  /** Who answers now. Throws `port-vanished` where nobody does. */
  counterpart(): Counterpart;
  /** Ends where recovery says that it is done. Throws `sideload-refused` where it says no. */
  handOver(file: OtaFile): AsyncGenerator<HandOverProgress, void, void>;
  /** What the recovery wrote of it, where the terminal shows that; never throws. */
  recoveryText(until: Until): Promise<readonly string[]>;
}

/**
 * A boot loader writes the images of a package to its partitions, one after another. What it says is
 * no proof: what runs after the restart is.
 */
export interface PartitionedMethod extends AnyMethod {
  readonly course: 'partitioned';
  readonly format: 'android-factory';
  /** The boot loader, where it answers, is asked for these by their names too, as far as it lists them not. */
  surveyToo(found: Survey, names: readonly string[], signal: AbortSignal): Promise<Survey>;
  /** Asks the system for a restart into the boot loader. */
  enterUpdateMode(until: Until): Promise<void>;
  /** Who answers now. Throws `port-vanished` where nobody does. */
  counterpart(): Counterpart;
  /** Before the boot loader is left, this slot is made the one that starts; null: none is. */
  startSlot(slot: string | null): void;
}

export type FlashMethod = StagedMethod | HandedOverMethod | PartitionedMethod;

export function storedWith(state: FirmwareState, id: string): StoredFirmware | null {
  return state.stored.find((image) => image.id === id) ?? null;
}

/** A boot loader that shows no hashes at all can only be held to the version; the start proves it. */
export function holds(state: FirmwareState, { id, version }: Firmware): boolean {
  const { answering, running, stored } = state;
  if ([running, ...stored].some((image) => image !== null && image.id === id)) return true;
  const noHashes = answering === 'boot-loader' && stored.every((image) => image.id === null);
  return noHashes && stored.some((image) => image.version === version);
}

/** Hashes of every image that the terminal shows. */
export function firmwareIds({ running, stored }: FirmwareState): string[] {
  return [running, ...stored].flatMap((image) => image?.id ?? []);
}

/**
 * Its version and its hash do not belong together. Versions are compared as numbers, where both are
 * such: the same one is written `1.1.0+7` by one tool and `1.1.0.7` by another.
 */
export function contradicts(told: Firmware | null, known: Firmware): boolean {
  if (told === null || told.id !== known.id) return false;
  const [left, right] = [numbersOf(told.version), numbersOf(known.version)];
  if (left === null || right === null) return false;
  const parts = Math.max(left.length, right.length);
  return Array.from({ length: parts }, (_, n) => n).some((n) => (left[n] ?? 0) !== (right[n] ?? 0));
}

function numbersOf(version: string): number[] | null {
  return /^\d+(?:[.+]\d+)*$/.test(version) ? version.split(/[.+]/).map(Number) : null;
}
