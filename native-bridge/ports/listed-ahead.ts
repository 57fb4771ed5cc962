/**
 * A first list of the ports that is begun before anybody asks: the system takes long to tell, and in the
 * app the window asks as soon as it is there.
 */
import { listPorts, type DiscoveredPorts } from './discovery.ts';

/** What came or went in the meantime is told by whoever watches the ports. */
const freshMs = 3_000;

/** Lists the ports; the first answer is the one that was begun here, if it is still asked for. */
export function listedAhead(list: () => Promise<DiscoveredPorts> = () => listPorts()) {
  const begunMs = performance.now();
  let first: Promise<DiscoveredPorts> | null = list();
  // Whoever asks is told why not.
  first.catch(() => undefined);
  return (): Promise<DiscoveredPorts> => {
    const begun = first;
    first = null;
    return begun !== null && performance.now() - begunMs < freshMs ? begun : list();
  };
}
