/**
 * Update packages for Android: the terminal restarts into its recovery, which asks for the package
 * block by block, verifies it and installs it (AOSP, bootable/recovery: `sideload-host`). Its word
 * is no proof; what the system says of its build after the restart is.
 */
import { BridgeFault } from '../../../contract/bridge-fault.ts';
import type { Connection } from '../../../connections/connection.ts';
import type { OtaFile } from '../firmware-file.ts';
import type {
  Counterpart,
  FirmwareState,
  HandedOverMethod,
  HandOverProgress,
  Link,
  Survey,
  Until,
} from '../method.ts';
import { hasStarted, readProperties, runningBuild } from './properties.ts';
import { recoveryText } from './recovery-text.ts';
import { surveyAndroid } from './survey.ts';

const defaultInstallTimeoutMs = 900_000;
/** What recovery reads twice, verifies and writes of it, on parts of the last ten years. */
const bytesPerSecond = 6 * 1024 * 1024;
/** As ADB's own host has it; each waits for the way there and back. */
const blockBytes = 64 * 1024;

export class AndroidSideload implements HandedOverMethod {
  readonly course = 'handed-over';
  readonly format = 'android-ota';
  readonly facts = { family: 'android-ota' };
  readonly #connection: Connection;

  /** The session is taken anew for every step: it changes with each restart. */
  constructor(connection: Connection) {
    this.#connection = connection;
  }

  survey(signal: AbortSignal): Promise<Survey> {
    const { adb, profile } = this.#connection;
    return surveyAndroid(adb, profile, signal);
  }

  /** A system that is still starting has not answered: `reply-timeout`. */
  async look(until: Until): Promise<FirmwareState> {
    const { adb } = this.#connection;
    if (adb.banner.mode !== 'device') {
      return { answering: 'boot-loader', running: null, stored: [] };
    }
    const properties = await readProperties(adb, until);
    if (!hasStarted(properties)) {
      const { timeoutMs } = until;
      throw new BridgeFault('reply-timeout', { command: 'sys.boot_completed', timeoutMs });
    }
    return { answering: 'application', running: runningBuild(properties), stored: [] };
  }

  predictTransferMs(packageBytes: number, { roundTripMs }: Link): number {
    const blocks = Math.ceil(packageBytes / blockBytes);
    return (packageBytes / bytesPerSecond) * 1000 + blocks * (roundTripMs ?? 1) * 0.1;
  }

  async enterUpdateMode(returns: boolean, until: Until): Promise<void> {
    const target = returns ? 'sideload-auto-reboot' : 'sideload';
    await this.#connection.adb.reboot(target, until);
  }

  counterpart(): Counterpart {
    const { mode } = this.#connection.adb.banner;
    if (mode === 'sideload') return 'ready';
    return mode === 'device' ? 'system' : 'menu';
  }

  async *handOver(file: OtaFile): AsyncGenerator<HandOverProgress, void, void> {
    const { adb, profile } = this.#connection;
    const idleTimeoutMs = profile.firmware?.installTimeoutMs ?? defaultInstallTimeoutMs;
    // It asks for the end first: how much it has had is what tells how far it is.
    for await (const { blocksServed } of adb.sideload(file, { idleTimeoutMs })) {
      const servedBytes = Math.min(blocksServed * blockBytes, file.sizeBytes);
      yield { servedBytes, installing: servedBytes === file.sizeBytes };
    }
  }

  async restart(until: Until): Promise<void> {
    await this.#connection.adb.reboot('system', until);
  }

  recoveryText(until: Until): Promise<readonly string[]> {
    return recoveryText(this.#connection.adb, until);
  }
}
