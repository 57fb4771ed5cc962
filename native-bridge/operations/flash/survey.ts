/** What a flash has to know of the terminal before anything is touched. */
import { faultOf } from '../../contract/bridge-fault.ts';
import type { Reading, ReadingName } from '../../contract/reading.ts';
import type { Connection } from '../../connections/connection.ts';
import { imageStateRead, slotInfo } from '../../protocols/smp/image/index.ts';
import type { ImageState } from '../../protocols/smp/image/state.ts';
import { bootloaderInfo, type SmpParameters } from '../../protocols/smp/os/index.ts';
import { bootloaderModes } from '../../protocols/smp/os/bootloader-modes.ts';
import { measureRoundTrip } from '../../sessions/smp/round-trip.ts';
import { takeReadings } from '../readings/take-readings.ts';

export interface Survey {
  readonly state: ImageState;
  readonly parameters: SmpParameters | null;
  /** As the boot loader says it, else as the profile does; null: neither. */
  readonly mode: { readonly name: string; readonly told: boolean } | null;
  readonly slotSizeBytes: number | null;
  readonly roundTripMs: number | null;
  /** What the line carries, framing included; null where it made no difference to the echoes. */
  readonly lineBytesPerSecond: number | null;
  readonly readings: ReadonlyMap<ReadingName, Reading>;
}

const waitMs = 4_000;
const wanted: readonly ReadingName[] = [
  'battery.levelPercent',
  'battery.charging',
  'payment.unsettledCount',
  'identity.serialNumber',
];

/** Modes in which a new image runs on trial and the old one comes back unless it is confirmed. */
const trialModes = new Set(['swap-scratch', 'swap', 'swap-offset', 'direct-xip-revert']);

export function hasTrial(mode: string | null): boolean {
  return mode === null || trialModes.has(mode);
}

export async function survey(connection: Connection, signal: AbortSignal): Promise<Survey> {
  const { session, profile } = connection;
  const wait = { timeoutMs: waitMs, signal };
  const state = await session.request(imageStateRead, undefined, wait);
  const sizes = await optional(() => session.request(slotInfo, undefined, wait));
  const mode = await optional(() => session.request(bootloaderInfo, { query: 'mode' }, wait));
  const readings = new Map<ReadingName, Reading>();
  for await (const reading of takeReadings(session, profile, wanted, signal)) {
    readings.set(reading.name, reading);
  }
  const told = mode?.mode === null || mode?.mode === undefined ? null : bootloaderModes[mode.mode];
  const fallback = profile.firmware?.bootloaderMode ?? null;
  const slot = sizes?.images.find((image) => image.image === 0)?.slots.find((s) => s.slot === 1);
  const roundTrip = await optional(() => measureRoundTrip(session, { signal }));
  return {
    state,
    parameters: await optional(() => session.parameters(wait)),
    mode: told ? { name: told, told: true } : fallback ? { name: fallback, told: false } : null,
    slotSizeBytes: slot?.sizeBytes ?? profile.firmware?.slotSizeBytes ?? null,
    roundTripMs: roundTrip?.medianMs ?? null,
    lineBytesPerSecond: roundTrip?.bytesPerSecond ?? null,
    readings,
  };
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
