/**
 * Who is at the other end: by its own serial number, else by that of its USB device, else assumed
 * (design: "Who is this terminal?"). Of a boot loader nothing can be asked; the images it holds say
 * which terminal it may be.
 */
import { faultOf } from '../contract/bridge-fault.ts';
import type { Identity } from '../contract/terminal.ts';
import type { Connection } from '../connections/connection.ts';
import { parseAddress, portName } from '../ports/address.ts';
import { imageStateRead } from '../protocols/smp/image/index.ts';
import type { ImageState } from '../protocols/smp/image/state.ts';
import type { TerminalSession } from '../connections/terminal-session.ts';
import type { FastbootSession } from '../sessions/fastboot/fastboot-session.ts';
import type { SmpSession } from '../sessions/smp/smp-session.ts';
import type { Profile } from '../terminals/profile.ts';
import type { Context } from './context.ts';
import { runningSlot, slotHashes, toHex } from './firmware-state.ts';
import { isNobodysNumber } from './nobodys-number.ts';
import { takeReadings } from './readings/take-readings.ts';

const answerTimeoutMs = 3_000;

export interface Identified {
  readonly identity: Identity;
  readonly slotHashes: string[];
}

/** null: the device has no image group. */
export async function imageStateOf(
  session: SmpSession,
  signal: AbortSignal,
): Promise<ImageState | null> {
  try {
    return await session.request(imageStateRead, undefined, { timeoutMs: answerTimeoutMs, signal });
  } catch (error) {
    const { code } = faultOf(error);
    if (code === 'command-unsupported' || code === 'command-refused') return null;
    throw error;
  }
}

/** Images, and none of them runs: MCUboot's serial recovery answers, not an application. */
export function isBootLoader(state: ImageState | null): boolean {
  return state !== null && runningSlot(state) === null;
}

/** It is there, and not its application: nothing it says of itself can be asked now. */
export async function isOnlyBootLoader(
  session: TerminalSession,
  signal: AbortSignal,
): Promise<boolean> {
  if (session.kind === 'fastboot') return true;
  if (session.kind === 'adb') return session.banner.mode !== 'device';
  return isBootLoader(await imageStateOf(session, signal));
}

export async function identify(
  context: Context,
  session: TerminalSession,
  profile: Profile,
  portUrl: string,
  signal: AbortSignal,
): Promise<Identified> {
  if (session.kind === 'fastboot') {
    return await identifyBootLoader(context, session, profile, portUrl, signal);
  }
  const values = new Map<string, string>();
  const names = [
    'identity.serialNumber',
    'identity.model',
    'identity.hardware',
    ...(session.kind === 'smp' ? [] : (['firmware.version'] as const)),
  ] as const;
  for await (const { name, value } of takeReadings(session, profile, names, signal)) {
    const text = String(value ?? '')
      .replaceAll(/\s+/gu, ' ')
      .trim();
    if (text !== '') values.set(name, text);
  }
  const state = session.kind === 'smp' ? await imageStateOf(session, signal) : null;
  const running = state ? runningSlot(state) : null;
  const own = someones(values.get('identity.serialNumber'));
  const usb = own === null ? await usbSerialNumber(context, portUrl) : null;
  return {
    identity: {
      serialNumber: own ?? usb,
      basis: own !== null ? 'serial-number' : usb !== null ? 'usb-serial' : 'assumed',
      model: values.get('identity.model') ?? profile.model,
      hardware: values.get('identity.hardware') ?? null,
      firmwareVersion: running?.version ?? values.get('firmware.version') ?? null,
      firmwareHash: running?.hash ? toHex(running.hash) : null,
    },
    slotHashes: state ? slotHashes(state) : [],
  };
}

/** A boot loader with fastboot tells its serial number, and no more of what a system would. */
async function identifyBootLoader(
  context: Context,
  session: FastbootSession,
  { model }: Profile,
  portUrl: string,
  signal: AbortSignal,
): Promise<Identified> {
  const told = await session.getvar('serialno', { timeoutMs: answerTimeoutMs, signal });
  const own = someones(told === '' ? null : told);
  const usb = own === null ? await usbSerialNumber(context, portUrl) : null;
  const nothing = { hardware: null, firmwareVersion: null, firmwareHash: null };
  const basis = own !== null ? 'serial-number' : usb !== null ? 'usb-serial' : 'assumed';
  return { identity: { serialNumber: own ?? usb, basis, model, ...nothing }, slotHashes: [] };
}

/** Its applications say who they are; else only a USB device's number can. */
export function tellsNumber({ readings }: Profile): boolean {
  return readings.has('identity.serialNumber');
}

/** Of the USB device that the port belongs to; null: no USB device, or one without a number. */
export async function usbSerialNumber(context: Context, portUrl: string): Promise<string | null> {
  return (await usbSurroundings(context, portUrl)).usbSerialNumber;
}

export interface UsbSurroundings {
  /** Paths of the ports there are; none where the port is no USB device's. */
  readonly portsBefore: ReadonlySet<string>;
  /** As `usbSerialNumber`. */
  readonly usbSerialNumber: string | null;
}

/** By these a terminal is found again under another name: ports that come later may be its own. */
export async function usbSurroundings(context: Context, portUrl: string): Promise<UsbSurroundings> {
  const address = parseAddress(portUrl);
  if (address.kind !== 'serial' && address.kind !== 'usb') {
    return { portsBefore: new Set(), usbSerialNumber: null };
  }
  const { ports } = await (address.kind === 'usb'
    ? context.discoverUsb()
    : context.discoverPorts());
  const own = ports.find(({ path }) => path === portName(address));
  return {
    portsBefore: new Set(ports.map(({ path }) => path)),
    usbSerialNumber: someones(own?.serialNumber),
  };
}

/** null: none, or one that many terminals show. */
function someones(serialNumber: string | null | undefined): string | null {
  return serialNumber == null || isNobodysNumber(serialNumber) ? null : serialNumber;
}

/**
 * True where the session leads to the terminal of this connection and to no other, as far as can be
 * told: a boot loader is taken for it where it holds an image that the terminal held, an application
 * where it says the number that the terminal ever had. Its number proves it: the connection then
 * says so. An Android that never had one is taken for it on its own port alone, and as it was.
 */
export async function sameTerminal(
  context: Context,
  session: TerminalSession,
  connection: Connection,
  portUrl: string,
  signal: AbortSignal,
): Promise<boolean> {
  const { profile, identity: before, knownHashes } = connection;
  const state = session.kind === 'smp' ? await imageStateOf(session, signal) : null;
  const holdsKnown = state !== null && slotHashes(state).some((hash) => knownHashes.has(hash));
  const isNumbered = before.serialNumber !== null;
  if (session.kind === 'adb' && !isNumbered && portUrl !== connection.portUrl) return false;
  if (session.kind !== 'adb' && (isBootLoader(state) || !isNumbered)) return holdsKnown;
  const { identity } = await identify(context, session, profile, portUrl, signal);
  if (identity.serialNumber !== before.serialNumber) return false;
  if (!isNumbered) return looksAlike(identity, before);
  const proves = identity.basis === 'serial-number' || !tellsNumber(profile);
  if (before.basis === 'assumed' && proves) {
    connection.identity = { ...before, basis: identity.basis };
  }
  return true;
}

/** Of two without a number, on one port: the one may still be the other. It stays assumed. */
function looksAlike(one: Identity, other: Identity): boolean {
  const traits = ['model', 'hardware', 'firmwareVersion'] as const;
  return traits.every((trait) => one[trait] === other[trait]);
}
