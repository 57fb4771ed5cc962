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
  #met: ReadonlySet<string> = new Set();

  /** The port to connect to now; null: none. Each device counts once until it is unplugged. */
  next(devices: readonly PortDevice[], terminals: readonly Terminal[]): string | null {
    const fresh = devices.filter(({ key }) => !this.#met.has(key));
    this.#met = new Set(devices.map(({ key }) => key));
    if (terminals.some(({ connected, activity }) => !connected || !still.has(activity.kind))) {
      return null;
    }
    const taken = new Set(terminals.map(({ portUrl }) => portUrl));
    for (const { ports } of fresh) {
      if (ports.some(({ url }) => taken.has(url))) continue;
      const known = ports.find(({ profiles }) => profiles.some((name) => name !== anyAndroid));
      if (known) return known.url;
    }
    return null;
  }
}
