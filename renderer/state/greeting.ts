/**
 * Who is connected unasked: a device of a model that is known by its USB ids, when it is plugged in;
 * of several one after the other. Never what came back while one of ours is being flashed, or is away
 * and may be this one: that is waited for by whoever began the work. Nor while one is away whose work
 * was cut off: on its port the new one would take its place. Never an Android of no known model: it may
 * be anybody's phone, and would be asked for consent.
 */
import type { Terminal } from '../../native-bridge/contract/terminal.ts';
import type { PortDevice } from './port-devices.ts';

const anyAndroid = 'android-generic';
const still: ReadonlySet<string> = new Set(['idle', 'reading', 'diagnosing']);

export class Greeting {
  /** Greeted, or decided against; until it is unplugged. */
  readonly #met = new Set<string>();
  /** What USB says of a terminal's device, by the terminal's id, from when it was here. */
  readonly #serialNumbers = new Map<string, string | null>();

  /**
   * The port to connect to now; null: none. Each device counts once until it is unplugged.
   * `connecting`: the port that is being connected to; the others wait for their turn.
   */
  next(
    devices: readonly PortDevice[],
    terminals: readonly Terminal[],
    connecting?: string,
  ): string | null {
    const present = new Set(devices.map(({ key }) => key));
    for (const key of this.#met) if (!present.has(key)) this.#met.delete(key);
    this.#remember(devices, terminals);
    for (const device of devices.filter(({ key }) => !this.#met.has(key))) {
      const isOwn = device.ports.some(({ url }) => url === connecting);
      const may = !isOwn && this.#mayBeConnected(device, terminals);
      const url = may ? knownUrl(device) : null;
      if (url !== null && connecting !== undefined) continue;
      this.#met.add(device.key);
      if (url !== null) return url;
    }
    return null;
  }

  #remember(devices: readonly PortDevice[], terminals: readonly Terminal[]): void {
    for (const { id, portUrl, connected } of terminals) {
      const device = devices.find(({ ports }) => ports.some(({ url }) => url === portUrl));
      if (connected && device) this.#serialNumbers.set(id, device.serialNumber);
    }
  }

  #mayBeConnected({ ports, serialNumber }: PortDevice, terminals: readonly Terminal[]): boolean {
    return terminals.every((terminal) => {
      const { id, portUrl, connected, activity } = terminal;
      if (connected) return still.has(activity.kind) && !ports.some(({ url }) => url === portUrl);
      // Ports' names are given anew: only by its number it is surely another one than who is away.
      const away = this.#serialNumbers.get(id) ?? null;
      const isAnother = serialNumber !== null && away !== null && serialNumber !== away;
      return activity.kind === 'gone' && isAnother && !wasCutOff(terminal);
    });
  }
}

/** It went away in mid-work, and says how to go on. */
export function wasCutOff({ interrupted }: Terminal): boolean {
  return interrupted !== null && interrupted.key !== 'interrupted_idle';
}

function knownUrl({ ports }: PortDevice): string | null {
  const known = ports.find(({ profiles }) => profiles.some((name) => name !== anyAndroid));
  return known?.url ?? null;
}
