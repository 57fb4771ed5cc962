/** What a terminal with MCUboot tells over SMP before it is flashed. */
import { faultOf } from '../../../contract/bridge-fault.ts';
import type { Reading, ReadingName } from '../../../contract/reading.ts';
import { imageStateRead, slotInfo } from '../../../protocols/smp/image/index.ts';
import { bootloaderInfo } from '../../../protocols/smp/os/index.ts';
import { bootloaderModes } from '../../../protocols/smp/os/bootloader-modes.ts';
import { measureRoundTrip } from '../../../sessions/smp/round-trip.ts';
import type { SmpSession } from '../../../sessions/smp/smp-session.ts';
import type { Profile } from '../../../terminals/profile.ts';
import { takeReadings } from '../../readings/take-readings.ts';
import type { FirmwareState, Link, Survey } from '../method.ts';
import { surveyReadings } from '../vital-readings.ts';
import { firmwareState } from './image-list.ts';

const waitMs = 4_000;

/** Modes in which a new image runs on trial and the old one comes back unless it is confirmed. */
const trialModes: ReadonlySet<string> = new Set([
  'swap-scratch',
  'swap',
  'swap-offset',
  'direct-xip-revert',
]);

export async function surveyTerminal(
  session: SmpSession,
  profile: Profile,
  signal: AbortSignal,
): Promise<Survey> {
  const wait = { timeoutMs: waitMs, signal };
  const list = await session.request(imageStateRead, undefined, wait);
  const state = firmwareState(list);
  const sizes = await optional(() => session.request(slotInfo, undefined, wait));
  const own = sizes?.images.find((image) => image.image === 0);
  const slot = own?.slots.find((s) => s.slot === 1);
  return {
    state,
    mode: await modeOf(session, profile, state, signal),
    slotSizeBytes: slot?.sizeBytes ?? profile.firmware?.slotSizeBytes ?? null,
    maxImageBytes: own?.maxImageBytes ?? null,
    otherImages: list.slots
      .filter(({ image, active }) => image !== 0 && active)
      .map(({ image, version }) => ({ image, version })),
    link: await measureLink(session, signal),
    readings: await readAll(session, profile, state, signal),
  };
}

async function modeOf(
  session: SmpSession,
  { firmware }: Profile,
  { answering }: FirmwareState,
  signal: AbortSignal,
): Promise<Survey['mode']> {
  // Recovery writes over the primary slot whatever the swap would do.
  if (answering === 'boot-loader') return { name: 'serial-recovery', told: true, trial: false };
  const wait = { timeoutMs: waitMs, signal };
  const said = await optional(() => session.request(bootloaderInfo, { query: 'mode' }, wait));
  const told = said?.mode === null || said?.mode === undefined ? null : bootloaderModes[said.mode];
  const name = told ?? firmware?.bootloaderMode ?? null;
  return name ? { name, told: told !== null, trial: trialModes.has(name) } : null;
}

async function measureLink(session: SmpSession, signal: AbortSignal): Promise<Link> {
  const buffers = await optional(() => session.parameters({ timeoutMs: waitMs, signal }));
  const bufferBytes = buffers?.bufferBytes ?? null;
  const roundTrip = await optional(() => measureRoundTrip(session, { signal, bufferBytes }));
  return {
    roundTripMs: roundTrip?.medianMs ?? null,
    bytesPerSecond: roundTrip?.bytesPerSecond ?? null,
    lostShare: roundTrip?.lostShare ?? null,
    bufferBytes,
    bufferCount: buffers?.bufferCount ?? null,
  };
}

async function readAll(
  session: SmpSession,
  profile: Profile,
  { answering }: FirmwareState,
  signal: AbortSignal,
): Promise<Map<ReadingName, Reading>> {
  const readings = new Map<ReadingName, Reading>();
  // A boot loader has no application to answer for it.
  if (answering === 'boot-loader') return readings;
  for await (const reading of takeReadings(session, profile, surveyReadings(profile), signal)) {
    readings.set(reading.name, reading);
  }
  return readings;
}

/** null where the device does not have the command; a lost line still ends the survey. */
async function optional<T>(ask: () => Promise<T>): Promise<T | null> {
  try {
    return await ask();
  } catch (error) {
    const { code } = faultOf(error);
    const answered = ['command-unsupported', 'command-refused', 'reply-malformed', 'reply-timeout'];
    if (answered.includes(code)) return null;
    throw error;
  }
}
