/** What an Android terminal tells before it is flashed, whether its system answers or its recovery. */
import type { Reading, ReadingName } from '../../../contract/reading.ts';
import type { OtaTarget } from '../../../firmware/ota/judge-ota.ts';
import type { AdbSession } from '../../../sessions/adb/adb-session.ts';
import type { Profile } from '../../../terminals/profile.ts';
import { takeReadings } from '../../readings/take-readings.ts';
import type { Link, Survey } from '../method.ts';
import { surveyReadings } from '../vital-readings.ts';
import { bootLoaderOf, readProperties, runningBuild, targetOf } from './properties.ts';

const waitMs = 10_000;
const echoes = 3;

export async function surveyAndroid(
  session: AdbSession,
  profile: Profile,
  signal: AbortSignal,
): Promise<Survey> {
  if (session.banner.mode !== 'device') return surveyRecovery(session);
  const properties = await readProperties(session, { timeoutMs: waitMs, signal });
  const link = await measureLink(session, signal);
  const readings = new Map<ReadingName, Reading>();
  for await (const reading of takeReadings(session, profile, surveyReadings(profile), signal)) {
    readings.set(reading.name, reading);
  }
  return {
    state: { answering: 'application', running: runningBuild(properties), stored: [] },
    mode: null,
    slotSizeBytes: null,
    link,
    readings,
    android: targetOf(properties),
    bootLoader: bootLoaderOf(properties),
  };
}

/** A recovery has no shell to ask. Newer ones say in their greeting which model they are. */
function surveyRecovery({ banner }: AdbSession): Survey {
  const android: OtaTarget = {
    devices: banner.device === null ? [] : [banner.device],
    serialNumber: null,
    fingerprint: null,
    incremental: null,
    timestampSeconds: null,
    securityPatch: null,
    slotSuffix: null,
  };
  return {
    state: { answering: 'boot-loader', running: null, stored: [] },
    mode: null,
    slotSizeBytes: null,
    link: unmeasured,
    readings: new Map(),
    android,
  };
}

export const unmeasured: Link = {
  roundTripMs: null,
  bytesPerSecond: null,
  lostShare: null,
  bufferBytes: null,
  bufferCount: null,
};

/** A shell that does nothing: the way there and back, and the start of a program. The middle one counts. */
async function measureLink(session: AdbSession, signal: AbortSignal): Promise<Link> {
  const times: number[] = [];
  for (let n = 0; n < echoes; n++) {
    const startMs = performance.now();
    await session.shell(':', { timeoutMs: waitMs, signal });
    times.push(performance.now() - startMs);
  }
  const [, middle = null] = times.sort((a, b) => a - b);
  return { ...unmeasured, roundTripMs: middle };
}
