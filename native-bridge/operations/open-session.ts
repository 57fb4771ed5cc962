/** Opens a port and the SMP session on it; used at connecting and when a terminal comes back. */
import { join } from 'node:path';
import { openPort } from '../ports/open-port.ts';
import { recordToFile } from '../sessions/recording.ts';
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
  const port = await openPort(portUrl, { timeoutMs: openTimeoutMs, signal, ...line });
  const { recordTo } = context.options;
  const recording = recordTo ? await recordToFile(recordingFile(recordTo, portUrl)) : undefined;
  const session = SmpSession.open(port, { recording });
  if (recording) void session.closed.then(() => recording.close());
  if (profile) nameSecrets(session, profile);
  return session;
}

/** Until this is told, a recording leaves out every setting's value. */
export function nameSecrets(session: SmpSession, { settings }: Profile): void {
  session.setSecretKeys(new Set(settings.filter((s) => s.secret).map((s) => s.source.key)));
}

function recordingFile(folder: string, portUrl: string): string {
  const time = new Date().toISOString().replaceAll(':', '');
  return join(folder, `${time}-${portUrl.replaceAll(/[^\w]+/g, '_').slice(0, 60)}.jsonl`);
}
