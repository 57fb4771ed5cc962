/**
 * Factory packages through the boot loader's fastboot (AOSP, system/core/fastboot): the terminal
 * restarts into its boot loader, which writes image after image; partitions inside of `super` are
 * written by Android's own fastboot in userspace (fastbootd). Neither's word is proof; what the system
 * says of its build after the restart is.
 */
import { BridgeFault } from '../../../contract/bridge-fault.ts';
import type { Connection } from '../../../connections/connection.ts';
import type { FastbootSession } from '../../../sessions/fastboot/fastboot-session.ts';
import { hasStarted, readProperties, runningBuild } from '../android/properties.ts';
import { surveyAndroid, unmeasured } from '../android/survey.ts';
import type { Counterpart, FirmwareState, PartitionedMethod, Survey, Until } from '../method.ts';

const surveyTimeoutMs = 10_000;
/** What goes over USB 2, and what flash memory of the last ten years takes. */
const bytesPerSecond = 16 * 1024 * 1024;

export const inBootLoader: FirmwareState = { answering: 'boot-loader', running: null, stored: [] };

export class FastbootFlash implements PartitionedMethod {
  readonly course = 'partitioned';
  readonly format = 'android-factory';
  readonly facts = { family: 'fastboot' };
  readonly #connection: Connection;
  #startsSlot: string | null = null;

  /** The session is taken anew for every step: it changes with each restart. */
  constructor(connection: Connection) {
    this.#connection = connection;
  }

  async survey(signal: AbortSignal): Promise<Survey> {
    const { session, adb, profile } = this.#orFastboot();
    if (session !== null) return await surveyBootLoader(session, signal);
    return await surveyAndroid(adb(), profile, signal);
  }

  async surveyToo(found: Survey, names: readonly string[], signal: AbortSignal): Promise<Survey> {
    const { session } = this.#orFastboot();
    const { bootLoader } = found;
    if (session === null || !bootLoader?.variables) return found;
    const wait = { timeoutMs: surveyTimeoutMs, signal };
    const variables = await session.getvarsToo(bootLoader.variables, names, wait);
    return { ...found, bootLoader: { ...bootLoader, variables } };
  }

  /** A system that is still starting has not answered: `reply-timeout`. */
  async look(until: Until): Promise<FirmwareState> {
    const { session, adb } = this.#orFastboot();
    if (session !== null) {
      await session.getvar('product', until);
      return inBootLoader;
    }
    const system = adb();
    if (system.banner.mode !== 'device') return inBootLoader;
    const properties = await readProperties(system, until);
    if (!hasStarted(properties)) {
      const { timeoutMs } = until;
      throw new BridgeFault('reply-timeout', { command: 'sys.boot_completed', timeoutMs });
    }
    return { answering: 'application', running: runningBuild(properties), stored: [] };
  }

  predictTransferMs(packageBytes: number): number {
    return (packageBytes / bytesPerSecond) * 1000;
  }

  async enterUpdateMode(until: Until): Promise<void> {
    await this.#connection.adb.reboot('bootloader', until);
  }

  counterpart(): Counterpart {
    const { session } = this.#connection;
    if (session.kind === 'fastboot') return 'ready';
    return this.#connection.adb.banner.mode === 'device' ? 'system' : 'menu';
  }

  async restart(until: Until): Promise<void> {
    const { session, adb } = this.#orFastboot();
    if (session === null) {
      await adb().reboot('system', until);
      return;
    }
    if (this.#startsSlot !== null) await session.setActive(this.#startsSlot, until);
    await session.reboot('system', until);
  }

  startSlot(slot: string | null): void {
    this.#startsSlot = slot;
  }

  #orFastboot() {
    const connection = this.#connection;
    const { session, profile } = connection;
    const bootLoader = session.kind === 'fastboot' ? session : null;
    return { session: bootLoader, adb: () => connection.adb, profile };
  }
}

async function surveyBootLoader(session: FastbootSession, signal: AbortSignal): Promise<Survey> {
  const variables = await session.getvarAll({ timeoutMs: surveyTimeoutMs, signal });
  const { product, unlocked, bootloaderVersion, basebandVersion, slotCount } = variables;
  return {
    state: inBootLoader,
    mode: null,
    slotSizeBytes: null,
    link: unmeasured,
    readings: new Map(),
    bootLoader: {
      products: product === null ? [] : [product],
      unlocked,
      version: bootloaderVersion,
      basebands: basebandVersion === null ? [] : [basebandVersion],
      hasSlots: slotCount === null ? null : slotCount > 1,
      virtualAb: null,
      hasSuper: null,
      variables,
    },
  };
}
