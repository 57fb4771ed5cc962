/**
 * Who is connected unasked: a device of a model that is known by its USB ids, when it is plugged in.
 * Never what came back while one of ours is away or being flashed: that one is waited for by whoever
 * began the work. Never an Android of no known model: it may be anybody's phone, and would be asked
 * for consent.
 */
import type { Terminal } from '../../native-bridge/contract/terminal.ts';
import type { PortDevice } from './port-devices.ts';

const anyAndroid = 'android-generic';
const still: ReadonlySet<string> = new Set(['idle', 'reading', 'diagnosing']);

export class Greeting {
  /** Greeted, or decided against; until it is unplugged. */
  readonly #met = new Set<string>();

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
    const taken = new Set([connecting, ...terminals.map(({ portUrl }) => portUrl)]);
    const waitedFor = terminals.some(
      ({ connected, activity }) => !connected || !still.has(activity.kind),
    );
    for (const device of devices.filter(({ key }) => !this.#met.has(key))) {
      const url = waitedFor ? null : greetable(device, taken);
      if (url !== null && connecting !== undefined) continue;
      this.#met.add(device.key);
      if (url !== null) return url;
    }
    return null;
  }
}

/** null: nobody's to greet. */
function greetable({ ports }: PortDevice, taken: ReadonlySet<string | undefined>): string | null {
  if (ports.some(({ url }) => taken.has(url))) return null;
  const known = ports.find(({ profiles }) => profiles.some((name) => name !== anyAndroid));
  return known?.url ?? null;
}
