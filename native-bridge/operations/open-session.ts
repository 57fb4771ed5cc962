/** Opens a port and the session on it; used at connecting and when a terminal comes back. */
import { BridgeFault } from '../contract/bridge-fault.ts';
import type { TerminalSession } from '../connections/terminal-session.ts';
import { parseAddress } from '../ports/address.ts';
import type { DiscoveredPort } from '../ports/discovery.ts';
import type { BytePort } from '../ports/port.ts';
import type { Recording } from '../sessions/recording.ts';
import type { Recordings } from '../sessions/recordings.ts';
import { SmpSession } from '../sessions/smp/smp-session.ts';
import type { Profile } from '../terminals/profile.ts';
import type { Context } from './context.ts';
import { openAdb, type Waiting } from './open-adb.ts';
import { openFastboot } from './open-fastboot.ts';

const openTimeoutMs = 5_000;

/**
 * `profile` null: not known yet; a line is opened with the usual settings, DTR and RTS on. `tell`: of
 * a terminal that waits for somebody to tap on its screen. Throws what the port and the session throw.
 */
export async function openSession(
  context: Context,
  portUrl: string,
  profile: Profile | null,
  signal: AbortSignal,
  tell: (waiting: Waiting) => void = () => undefined,
): Promise<TerminalSession> {
  const address = parseAddress(portUrl);
  if (address.kind === 'fastboot') return await openFastboot(context, address, signal);
  if (address.kind === 'usb' && (await usbDoor(context, portUrl)) === 'fastboot') {
    return await openFastboot(context, address, signal);
  }
  if (address.kind === 'adb' || address.kind === 'usb') {
    return await openAdb(context, address, signal, tell);
  }
  return await openSmp(context, portUrl, profile, signal);
}

/** The same device may show another door after a restart, under the same address. */
async function usbDoor(context: Context, portUrl: string): Promise<DiscoveredPort['door']> {
  const { ports } = await context.discoverUsb();
  return ports.find(({ url }) => url === portUrl)?.door ?? null;
}

async function openSmp(
  context: Context,
  portUrl: string,
  profile: Profile | null,
  signal: AbortSignal,
): Promise<SmpSession> {
  const line = profile?.line ?? { baud: 115_200, dtr: true, rts: true };
  const { recordings, replays } = context;
  const port = await context.openPort(portUrl, {
    timeoutMs: openTimeoutMs,
    signal,
    ...line,
    openReplay: (address) => replays.open(address),
  });
  if (port.signalsRefused === true) {
    context.log.info(`${portUrl}: DTR and RTS are as the system set them`);
  }
  const recording = recordings ? await recordingIn(recordings, portUrl, port) : undefined;
  recording?.opened(port.baud);
  const session = SmpSession.open(port, { recording });
  void session.closed.then((why) => recording?.ended(why === null ? 'closed' : 'vanished'));
  if (profile) nameSecrets(session, profile);
  return session;
}

/** A port whose recording can't be made is given back. */
async function recordingIn(all: Recordings, portUrl: string, port: BytePort): Promise<Recording> {
  try {
    return await all.of(portUrl);
  } catch (cause) {
    await port.close();
    throw new BridgeFault('data-folder-unwritable', { folder: all.folder }, { cause });
  }
}

/** Until this is told, a recording leaves out every setting's value. */
export function nameSecrets(session: TerminalSession, { settings }: Profile): void {
  if (session.kind !== 'smp') return;
  session.setSecretKeys(new Set(settings.filter((s) => s.secret).map((s) => s.source.key)));
}
