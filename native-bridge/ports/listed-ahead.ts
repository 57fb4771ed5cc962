/**
 * A first list of the ports that is begun before anybody asks: the system takes long to tell, and in the
 * app the window asks as soon as it is there.
 */
import { listPorts, type DiscoveredPorts } from './discovery.ts';

/** What came or went in the meantime is told by whoever watches the ports. */
const freshMs = 3_000;

export interface ListedAhead {
  /** What was begun here. */
  readonly first: Promise<DiscoveredPorts>;
  /** Lists the ports; the first answer is the one that was begun here, where it is still fresh. */
  readonly list: () => Promise<DiscoveredPorts>;
}

export function listedAhead(list: () => Promise<DiscoveredPorts> = () => listPorts()): ListedAhead {
  const begunMs = performance.now();
  const first = list();
  // Whoever asks is told why not.
  first.catch(() => undefined);
  let isOwed = true;
  return {
    first,
    list: () => {
      const isFirst = isOwed && performance.now() - begunMs < freshMs;
      isOwed = false;
      return isFirst ? first : list();
    },
  };
}
