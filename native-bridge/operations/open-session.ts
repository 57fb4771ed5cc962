/** Opens a port and the SMP session on it; used at connecting and when a terminal comes back. */
import { BridgeFault } from '../contract/bridge-fault.ts';
import type { BytePort } from '../ports/port.ts';
import type { Recording } from '../sessions/recording.ts';
import type { Recordings } from '../sessions/recordings.ts';
import { SmpSession } from '../sessions/smp/smp-session.ts';
import type { Profile } from '../terminals/profile.ts';
import type { Context } from './context.ts';

const openTimeoutMs = 5_000;

/** `profile` null: not known yet; the line is opened with the usual settings, DTR and RTS on. */
export async function openSession(
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
export function nameSecrets(session: SmpSession, { settings }: Profile): void {
  session.setSecretKeys(new Set(settings.filter((s) => s.secret).map((s) => s.source.key)));
}
