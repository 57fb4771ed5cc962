/**
 * Ports that the technician wants left alone: somebody's lathe, a phone that charges. They are not
 * listed and nothing is looked for on them; who names one by its address gets it all the same. A USB
 * device is known again on any socket by its serial number, one without by its socket.
 */
import { BridgeFault } from '../contract/bridge-fault.ts';
import type { Params, Result } from '../contract/requests.ts';
import type { DiscoveredPort } from '../ports/discovery.ts';
import type { Context } from './context.ts';

/** Which of them are ignored, by their addresses. */
export async function ignoredAmong(
  context: Context,
  ports: readonly DiscoveredPort[],
): Promise<ReadonlySet<string>> {
  const keys = new Set((await context.ignoredPorts.list()).map(({ key }) => key));
  if (keys.size === 0) return new Set();
  return new Set([...keyed(ports)].filter(([, key]) => keys.has(key)).map(([url]) => url));
}

/** Several ports of one device are told apart by their order. */
function keyed(ports: readonly DiscoveredPort[]): Map<string, string> {
  const seen = new Map<string, number>();
  return new Map(
    ports.map((port) => {
      const device = deviceOf(port);
      const number = seen.get(device) ?? 0;
      seen.set(device, number + 1);
      return [port.url, number === 0 ? device : `${device} #${number + 1}`];
    }),
  );
}

function deviceOf({
  kind,
  door,
  path,
  vendorId,
  productId,
  serialNumber,
  deviceId,
}: DiscoveredPort) {
  if (vendorId === null) return `${kind} ${path}`;
  const which = serialNumber ?? (deviceId === null ? path : `@${deviceId}`);
  return `${kind} ${door ?? 'serial'} ${vendorId}:${productId ?? ''} ${which}`;
}

export async function listIgnoredPorts(context: Context): Promise<Result<'listIgnoredPorts'>> {
  return { ports: [...(await context.ignoredPorts.list())] };
}

/** Throws `bad-request` for a port that is not there: nothing would tell which device is meant. */
export async function ignorePort(
  context: Context,
  { portUrl }: Params<'ignorePort'>,
): Promise<Result<'ignorePort'>> {
  const { ports } = await context.discoverPorts();
  const port = ports.find(({ url, path }) => url === portUrl || path === portUrl);
  const key = port && keyed(ports).get(port.url);
  if (port === undefined || key === undefined) {
    throw new BridgeFault('bad-request', { path: 'portUrl', expected: 'a port that is listed' });
  }
  const name = port.product ?? port.manufacturer ?? port.path;
  const fresh = { key, name, path: port.path, sinceUtc: new Date().toISOString() };
  const kept = await context.ignoredPorts.change((known) => [
    ...known.filter((one) => one.key !== key),
    fresh,
  ]);
  return { ports: [...kept] };
}

/** By its key, or by the path it had. */
export async function heedPort(
  context: Context,
  { key }: Params<'heedPort'>,
): Promise<Result<'heedPort'>> {
  const kept = await context.ignoredPorts.change((known) =>
    known.filter((one) => one.key !== key && one.path !== key),
  );
  return { ports: [...kept] };
}
