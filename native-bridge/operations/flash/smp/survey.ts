/** What a terminal with MCUboot tells over SMP before it is flashed. */
import { faultOf } from '../../../contract/bridge-fault.ts';
import type { Reading, ReadingName } from '../../../contract/reading.ts';
import { imageStateRead, slotInfo } from '../../../protocols/smp/image/index.ts';
import type { SlotInfo } from '../../../protocols/smp/image/slot-info.ts';
import { bootloaderInfo } from '../../../protocols/smp/os/index.ts';
import { bootloaderModes } from '../../../protocols/smp/os/bootloader-modes.ts';
import { measureRoundTrip } from '../../../sessions/smp/round-trip.ts';
import type { SmpSession } from '../../../sessions/smp/smp-session.ts';
import type { Profile } from '../../../terminals/profile.ts';
import { takeReadings } from '../../readings/take-readings.ts';
import type { FirmwareState, Link, Survey, Until } from '../method.ts';
import { surveyReadings } from '../vital-readings.ts';
import { firmwareState } from './image-list.ts';

const waitMs = 4_000;
/** No microcontroller's flash is larger; the same bound as in a profile. */
const maxSlotBytes = 64 * 1024 * 1024;

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
  const told = await slotsTold(session, wait);
  const absurd = told === 'absurd' || isAbsurd(told);
  const own = absurd ? null : told;
  const slot = own?.slots.find((s) => s.slot === 1);
  return {
    state,
    mode: await modeOf(session, profile, state, signal),
    slotSizeBytes: slot?.sizeBytes ?? profile.firmware?.slotSizeBytes ?? null,
    slotAbsurd: absurd,
    maxImageBytes: own?.maxImageBytes ?? null,
    otherImages: list.slots
      .filter(({ image, active }) => image !== 0 && active)
      .map(({ image, version }) => ({ image, version })),
    link: await measureLink(session, signal),
    readings: await readAll(session, profile, state, signal),
  };
}

type Slots = SlotInfo['images'][number];

/** Of image 0; null: it has no such command, or tells nothing of it. */
async function slotsTold(session: SmpSession, wait: Until): Promise<Slots | 'absurd' | null> {
  const told = await optional(async () => {
    try {
      return await session.request(slotInfo, undefined, wait);
    } catch (error) {
      if (faultOf(error).code === 'reply-malformed') return 'absurd';
      throw error;
    }
  });
  if (told === 'absurd' || told === null) return told;
  return told.images.find(({ image }) => image === 0) ?? null;
}

function isAbsurd(told: Slots | null): boolean {
  if (told === null) return false;
  const { slots, maxImageBytes } = told;
  const sizes = slots.flatMap(({ sizeBytes }) => sizeBytes ?? []);
  const largest = Math.max(0, ...sizes);
  if (sizes.some((size) => size === 0) || largest > maxSlotBytes) return true;
  return maxImageBytes !== null && sizes.length > 0 && maxImageBytes > largest;
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
