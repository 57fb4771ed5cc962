/** Work that must not be cut off lightly: while any of it runs the computer is kept awake. */
import type { Bridge } from '../native-bridge/bridge.ts';
import type { RequestName } from '../native-bridge/contract/requests.ts';

const precious: ReadonlySet<string> = new Set<RequestName>([
  'flash',
  'applySettings',
  'undoCorrection',
]);

/** The same bridge; `report` hears when the first such request begins and when the last ends. */
export function countPrecious(bridge: Bridge, report: (busy: boolean) => void): Bridge {
  let running = 0;
  return {
    ...bridge,
    request: async (name, params, options) => {
      if (!precious.has(name)) return bridge.request(name, params, options);
      running += 1;
      if (running === 1) report(true);
      try {
        return await bridge.request(name, params, options);
      } finally {
        running -= 1;
        if (running === 0) report(false);
      }
    },
  };
}
