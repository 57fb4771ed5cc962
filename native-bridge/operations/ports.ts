/** The ports there are, and the terminals on them, live. */
import type { PortInfo, PortList } from '../contract/port.ts';
import type { Params, Progress, Result } from '../contract/requests.ts';
import { type DiscoveredPort, type DiscoveredPorts, watchPorts } from '../ports/discovery.ts';
import { pause } from '../ports/pause.ts';
import { channel } from './channel.ts';
import type { Context } from './context.ts';
import { ignoredAmong } from './ignored-ports.ts';
import { reattachReturned } from './reattach.ts';

const hotPlugMs = 300;

export async function listPorts(
  context: Context,
  { all }: Params<'listPorts'>,
): Promise<Result<'listPorts'>> {
  return await described(context, await context.discoverPorts(), all);
}

/** The whole picture at once and after every change, until cancelled. */
export async function* watchTerminals(
  context: Context,
  _params: Params<'watchTerminals'>,
  signal: AbortSignal,
): AsyncGenerator<Progress<'watchTerminals'>, Result<'watchTerminals'>, void> {
  const changes = channel<true>(1);
  let found = await context.discoverPorts();
  let ports = await described(context, found);
  const again = async (list: Found): Promise<void> => {
    found = list;
    ports = await described(context, list);
    changes.push(true);
  };
  const failed = (error: unknown): void =>
    context.log.warn(`ports can't be watched: ${String(error)}`);
  const ends = [
    context.connections.subscribe(() => changes.push(true)),
    context.ignoredPorts.subscribe(() => void again(found).catch(failed)),
  ];
  signal.addEventListener('abort', () => changes.end(), { once: true });
  if (signal.aborted) changes.end();
  void follow(signal, again).catch(failed);
  reattachReturned(context, signal);
  try {
    yield { ports, terminals: context.connections.list() };
    for await (const _change of changes.values()) {
      yield { ports, terminals: context.connections.list() };
    }
    return {};
  } finally {
    for (const end of ends) end();
  }
}

async function follow(signal: AbortSignal, take: (list: Found) => Promise<void>): Promise<void> {
  // They have just been listed.
  await pause(hotPlugMs, signal);
  for await (const list of watchPorts({ signal, intervalMs: hotPlugMs })) await take(list);
}

type Found = DiscoveredPorts;

/** Those that are to be left alone only where `all` are asked for. */
async function described(context: Context, list: Found, all = false): Promise<PortList> {
  const { listedBy } = list;
  if (list.ports.length === 0) return { listedBy, ports: [] };
  const ignored = await ignoredAmong(context, list.ports);
  // The profiles are read for the first port, not for an empty list.
  const { recogniseByUsb } = await import('../terminals/catalogue.ts');
  const profilesOf = (port: DiscoveredPort) => withAndroid(port, recogniseByUsb(port));
  const ports = byDevice(list.ports).flatMap((port): PortInfo[] => {
    if (!ignored.has(port.url)) return [{ ...port, profiles: profilesOf(port) }];
    return all ? [{ ...port, profiles: profilesOf(port), ignored: true }] : [];
  });
  return { listedBy, ports };
}

/** Who answers to ADB or fastboot is an Android: it says itself which, and asking does it no harm. */
function withAndroid({ door }: DiscoveredPort, known: string[]): string[] {
  return door === 'adb' || door === 'fastboot'
    ? [...new Set([...known, 'android-generic'])]
    : known;
}

/** The doors of one device stand together, where its first one stood. */
function byDevice(ports: Found['ports']): Found['ports'] {
  const groups = new Map<string, DiscoveredPort[]>();
  for (const port of ports) {
    const key = port.deviceId ?? port.url;
    groups.set(key, [...(groups.get(key) ?? []), port]);
  }
  return [...groups.values()].flat();
}
