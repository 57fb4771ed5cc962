/** The ports there are, and the terminals on them, live. */
import type { PortInfo, PortList } from '../contract/port.ts';
import type { Params, Progress, Result } from '../contract/requests.ts';
import { type DiscoveredPort, listPorts as discover, watchPorts } from '../ports/discovery.ts';
import { recogniseByUsb } from '../terminals/catalogue.ts';
import { channel } from './channel.ts';
import type { Context } from './context.ts';
import { reattachReturned } from './reattach.ts';

const hotPlugMs = 300;

export async function listPorts(): Promise<Result<'listPorts'>> {
  return withProfiles(await discover());
}

/** The whole picture at once and after every change, until cancelled. */
export async function* watchTerminals(
  context: Context,
  _params: Params<'watchTerminals'>,
  signal: AbortSignal,
): AsyncGenerator<Progress<'watchTerminals'>, Result<'watchTerminals'>, void> {
  const changes = channel<true>(1);
  let ports: PortList = await listPorts();
  const unsubscribe = context.connections.subscribe(() => changes.push(true));
  signal.addEventListener('abort', () => changes.end(), { once: true });
  if (signal.aborted) changes.end();
  void follow(signal, (list) => {
    ports = withProfiles(list);
    changes.push(true);
  }).catch((error: unknown) => context.log.warn(`ports can't be watched: ${String(error)}`));
  reattachReturned(context, signal);
  try {
    yield { ports, terminals: context.connections.list() };
    for await (const _change of changes.values()) {
      yield { ports, terminals: context.connections.list() };
    }
    return {};
  } finally {
    unsubscribe();
  }
}

async function follow(signal: AbortSignal, take: (list: Found) => void): Promise<void> {
  for await (const list of watchPorts({ signal, intervalMs: hotPlugMs })) take(list);
}

type Found = Awaited<ReturnType<typeof discover>>;

function withProfiles(list: Found): PortList {
  return {
    listedBy: list.listedBy,
    ports: byDevice(list.ports).map((port): PortInfo => ({ ...port, profiles: profilesOf(port) })),
  };
}

/** Who answers to ADB or fastboot is an Android: it says itself which, and asking does it no harm. */
function profilesOf(port: DiscoveredPort): string[] {
  const known = recogniseByUsb(port);
  return port.door === 'adb' || port.door === 'fastboot'
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
