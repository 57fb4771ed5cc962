/**
 * Which model it is: the technician's choice, else what the terminal says of itself. Where only a
 * boot loader answers, it is the terminal that last held these images, as far as the records know.
 */
import { BridgeFault, faultOf } from '../contract/bridge-fault.ts';
import type { Params } from '../contract/requests.ts';
import { osInfo } from '../protocols/smp/os/index.ts';
import type { KnownTerminal } from '../records/types.ts';
import type { AdbSession } from '../sessions/adb/adb-session.ts';
import type { FastbootSession } from '../sessions/fastboot/fastboot-session.ts';
import type { SmpSession } from '../sessions/smp/smp-session.ts';
import type { TerminalSession } from '../connections/terminal-session.ts';
import { parseGetprop } from '../protocols/android/index.ts';
import {
  findShipped,
  recogniseByAndroid,
  recogniseBySmpInfo,
  shippedProfiles,
} from '../terminals/catalogue.ts';
import { loadModel, type ModelChoice } from '../terminals/choose-model.ts';
import { doorsOf, type Profile } from '../terminals/profile.ts';
import type { Context } from './context.ts';
import { slotHashes } from './firmware-state.ts';
import { imageStateOf, isBootLoader, usbSerialNumber } from './identify.ts';

const firstAnswerTimeoutMs = 3_000;
/** Some hundred lines; an old terminal under load takes its time. */
const propertiesTimeoutMs = 10_000;
const genericAndroid = 'android-generic';

export interface Recognised {
  readonly profile: Profile;
  /** Only the boot loader answers; the terminal it is taken for, null where the records know none. */
  readonly bootLoader: { readonly of: KnownTerminal | null } | null;
}

/** The profile that was asked for; null: none was. */
export async function chosenModel(
  context: Context,
  params: Params<'connect'>,
  portUrl: string,
): Promise<Profile | null> {
  if (params.profile === null && params.profileFileId === null) return null;
  const profileFile = pathOf(context, params.profileFileId);
  return await withMerchant(context, params, portUrl, { profile: params.profile, profileFile });
}

/**
 * Asks who is there, each in its own protocol. Throws what they throw, and `door-unfit` where the
 * profile that was chosen has its values from another one.
 */
export async function recognise(
  context: Context,
  session: TerminalSession,
  params: Params<'connect'> & { readonly chosen: Profile | null },
  portUrl: string,
  signal: AbortSignal,
): Promise<Recognised> {
  if (params.chosen !== null) checkDoor(params.chosen, session.kind);
  switch (session.kind) {
    case 'smp':
      return await recogniseSmp(context, session, params, portUrl, signal);
    case 'adb':
      return await recogniseAndroid(context, session, params, portUrl, signal);
    case 'fastboot':
      return await recogniseFastboot(context, session, params, portUrl, signal);
  }
}

/**
 * A boot loader says which terminal it is by its serial number, and its own name for the model, which
 * profiles may know (`fastboot.products`).
 */
async function recogniseFastboot(
  context: Context,
  session: FastbootSession,
  params: Params<'connect'> & { readonly chosen: Profile | null },
  portUrl: string,
  signal: AbortSignal,
): Promise<Recognised> {
  const wait = { timeoutMs: firstAnswerTimeoutMs, signal };
  const serialNumber = await session.getvar('serialno', wait);
  const of = serialNumber ? await context.records.terminalNumbered(serialNumber) : null;
  if (params.chosen !== null) return { profile: params.chosen, bootLoader: { of } };
  const product = (await session.getvar('product', wait)) ?? '';
  const known =
    findShipped(of?.profile) ??
    shippedProfiles().find(({ firmware }) => firmware?.fastboot?.products.includes(product));
  const choice = { profile: known?.name ?? genericAndroid, profileFile: null };
  return { profile: await withMerchant(context, params, portUrl, choice), bootLoader: { of } };
}

/** A boot loader's fastboot is taken with any profile: it tells nothing that one would name. */
function checkDoor(chosen: Profile, kind: TerminalSession['kind']): void {
  if (kind === 'fastboot') return;
  const [door, needs] = kind === 'smp' ? (['SMP', 'ADB'] as const) : (['ADB', 'SMP'] as const);
  const doors = doorsOf(chosen);
  if (doors.has(needs) && !doors.has(door)) throw new BridgeFault('door-unfit', { door, needs });
}

/**
 * A recovery or a sideload answers to ADB as well, and tells nothing of the terminal: it is the one
 * that was on this port before. Over USB it is another product, and so at another address; the device
 * shows the terminal's own number there, too (AOSP, recovery's and the system's init.rc: both write
 * `ro.serialno` into the gadget).
 */
async function recogniseAndroid(
  context: Context,
  session: AdbSession,
  params: Params<'connect'> & { readonly chosen: Profile | null },
  portUrl: string,
  signal: AbortSignal,
): Promise<Recognised> {
  if (session.banner.mode !== 'device') {
    const of = await recoveryOf(context, portUrl);
    if (params.chosen !== null) return { profile: params.chosen, bootLoader: { of } };
    const known = findShipped(of?.profile);
    const choice = { profile: known?.name ?? genericAndroid, profileFile: null };
    return { profile: await withMerchant(context, params, portUrl, choice), bootLoader: { of } };
  }
  if (params.chosen !== null) return { profile: params.chosen, bootLoader: null };
  const wait = { timeoutMs: propertiesTimeoutMs, signal, maxOutputBytes: 1024 * 1024 };
  const { output } = await session.shell('getprop', wait);
  const choice = { profile: recogniseByAndroid(parseGetprop(output)), profileFile: null };
  return { profile: await withMerchant(context, params, portUrl, choice), bootLoader: null };
}

async function recoveryOf(context: Context, portUrl: string): Promise<KnownTerminal | null> {
  const here = await context.records.terminalHolding(portUrl, []);
  if (here !== null) return here;
  const usb = await usbSerialNumber(context, portUrl);
  return usb === null ? null : await context.records.terminalNumbered(usb);
}

/**
 * Asks who is there. Throws `port-silent` where nothing answers, `port-echoes` for an echo,
 * `terminal-unknown` where no profile takes it.
 */
async function recogniseSmp(
  context: Context,
  session: SmpSession,
  params: Params<'connect'> & { readonly chosen: Profile | null },
  portUrl: string,
  signal: AbortSignal,
): Promise<Recognised> {
  const info = await smpInfo(session, params.chosen === null ? portUrl : null, signal);
  const bootLoader = info === null ? await bootLoaderAt(context, session, portUrl, signal) : null;
  if (params.chosen !== null) return { profile: params.chosen, bootLoader };
  const known = findShipped(bootLoader?.of?.profile);
  const choice = { profile: known?.name ?? recogniseBySmpInfo(info ?? ''), profileFile: null };
  return { profile: await withMerchant(context, params, portUrl, choice), bootLoader };
}

/** null: it has no such command, as older servers and MCUboot's recovery. */
async function smpInfo(
  session: SmpSession,
  /** Where silence means that nobody is there; null: a profile was chosen, which may know better. */
  portUrl: string | null,
  signal: AbortSignal,
): Promise<string | null> {
  const wait = { timeoutMs: firstAnswerTimeoutMs, signal };
  try {
    return (await session.request(osInfo, { format: 'a' }, wait)).output;
  } catch (error) {
    const { code } = faultOf(error);
    if (code === 'reply-timeout' && portUrl !== null) {
      throw new BridgeFault('port-silent', { port: portUrl }, { cause: error });
    }
    const without = ['command-unsupported', 'command-refused', 'not-recorded', 'reply-timeout'];
    if (!without.includes(code)) throw error;
    return null;
  }
}

async function bootLoaderAt(
  context: Context,
  session: SmpSession,
  portUrl: string,
  signal: AbortSignal,
): Promise<Recognised['bootLoader']> {
  const state = await imageStateOf(session, signal).catch((error: unknown) => {
    if (faultOf(error).code === 'not-recorded') return null;
    throw error;
  });
  if (state === null || !isBootLoader(state)) return null;
  return { of: await context.records.terminalHolding(portUrl, slotHashes(state)) };
}

/**
 * The training merchant's values go with a training terminal unless others are given, and as far as
 * the profile chosen for it has such settings at all.
 */
async function withMerchant(
  context: Context,
  { merchantFileId }: Params<'connect'>,
  portUrl: string,
  choice: Pick<ModelChoice, 'profile' | 'profileFile'>,
): Promise<Profile> {
  const given = pathOf(context, merchantFileId);
  const training = context.trainings.merchantFileOf(portUrl);
  if (given !== null || training === null) {
    return await loadModel({ ...choice, merchantFile: given });
  }
  try {
    return await loadModel({ ...choice, merchantFile: training });
  } catch (error) {
    if (faultOf(error).code !== 'merchant-invalid') throw error;
    return await loadModel({ ...choice, merchantFile: null });
  }
}

function pathOf(context: Context, fileId: string | null): string | null {
  return fileId === null ? null : context.files.path(fileId);
}
