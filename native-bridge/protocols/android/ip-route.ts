/**
 * `ip route get ADDRESS`, which tells the route in use without sending anything, or `ip route`.
 * Android keeps a table for each network: the main one has no default route.
 */
import { linesOf } from './text.ts';

export interface IpRoute {
  /** '' where it is reached without one, as over a mobile network. */
  readonly gateway: string | null;
  readonly interfaceName: string | null;
  readonly sourceAddress: string | null;
}

const unknown: IpRoute = { gateway: null, interfaceName: null, sourceAddress: null };

export function parseIpRoute(text: string): IpRoute {
  const routes = linesOf(text).slice(0, 4_096).flatMap(readRoute);
  const [first] = routes;
  const names = new Set(routes.map(({ interfaceName }) => interfaceName));
  return first !== undefined && names.size === 1 ? first : unknown;
}

/** Of a route that leads outside: the answer to `get`, or a default route. */
function readRoute(line: string): IpRoute[] {
  const words = line.trim().split(/\s+/, 64);
  if (!/^(?:default|[0-9a-f]{0,4}[.:][0-9a-f.:]{1,44})$/.test(words[0] ?? '')) {
    if (!/^\d{1,3}(?:\.\d{1,3}){3}$/.test(words[0] ?? '')) return [];
  }
  const behind = (key: string) => {
    const at = words.indexOf(key, 1);
    return at < 0 ? null : (words[at + 1] ?? null);
  };
  const interfaceName = behind('dev');
  if (interfaceName === null || /^(?:lo|dummy\d*)$/.test(interfaceName)) return [];
  return [{ gateway: behind('via') ?? '', interfaceName, sourceAddress: behind('src') }];
}
