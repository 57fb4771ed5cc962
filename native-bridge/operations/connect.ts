/**
 * Connecting: open the port the technician chose, find out who is there, keep the session open.
 * Every path that fails gives back the port and its locks.
 */
import { BridgeFault, faultOf } from '../contract/bridge-fault.ts';
import { isRecording } from '../contract/port.ts';
import type { Params, Result } from '../contract/requests.ts';
import type { Identity } from '../contract/terminal.ts';
import { imageStateRead } from '../protocols/smp/image/index.ts';
import type { Connection } from '../connections/connection.ts';
import { osInfo } from '../protocols/smp/os/index.ts';
import { listPorts as discoverPorts } from '../ports/discovery.ts';
import { canonicalAddress, parseAddress, portName } from '../ports/address.ts';
import type { SmpSession } from '../sessions/smp/smp-session.ts';
import { loadModel, recogniseBySmpInfo, type ModelChoice } from '../terminals/catalogue.ts';
import type { Profile } from '../terminals/profile.ts';
import type { Context } from './context.ts';
import { trainingMerchant } from './entry-points.ts';
import { runningSlot, slotHashes, toHex } from './firmware-state.ts';
import { settleFlash } from './flash/settle.ts';
import { settleAtConnect } from './interrupted/at-connect.ts';
import { nameSecrets, openSession } from './open-session.ts';
import { takeReadings } from './readings/take-readings.ts';

const firstAnswerTimeoutMs = 3_000;

export async function connect(
  context: Context,
  params: Params<'connect'>,
  signal: AbortSignal,
): Promise<Result<'connect'>> {
  const portUrl = canonicalAddress(params.portUrl);
  const before = context.connections.onPort(portUrl);
  if (before?.connected === true && saysNothingNew(params)) return before.view();
  // A profile that can't be used costs nobody the terminal that is connected.
  const chosen = await chosenModel(context, params, portUrl);
  if (before) await context.connections.letGo(before.terminalId);
  const release: (() => Promise<void>)[] = [];
  try {
    return await open(context, { ...params, chosen }, portUrl, release, signal);
  } catch (error) {
    for (const undo of release.reverse()) {
      await undo().catch((left: unknown) => context.log.warn(`not released: ${String(left)}`));
    }
    throw error;
  }
}

function saysNothingNew({ profile, profileFileId, merchantFileId }: Params<'connect'>): boolean {
  return profile === null && profileFileId === null && merchantFileId === null;
}

type Asked = Params<'connect'> & { readonly chosen: Profile | null };

/** `release`: what to give back where it fails, in order of taking. */
async function open(
  context: Context,
  params: Asked,
  portUrl: string,
  release: (() => Promise<void>)[],
  signal: AbortSignal,
): Promise<Result<'connect'>> {
  const portLock = await context.records.acquire(`port ${portName(parseAddress(portUrl))}`);
  release.push(() => portLock.release());
  context.replays.letGo(portUrl);
  const session = await openSession(context, portUrl, params.chosen, signal);
  release.push(() => session.close());
  const profile = params.chosen ?? (await recognise(context, session, params, portUrl, signal));
  nameSecrets(session, profile);
  const { identity: told, slotHashes: found } = await identify(session, profile, portUrl, signal);
  const { identity, hashes } = knownAs(portUrl, told, found);
  const terminalId = await context.records.terminalIdOf(identity, portUrl, hashes);
  // It may have been plugged into another port: there it is gone.
  await context.connections.letGo(terminalId);
  const terminalLock = await context.records.acquire(`terminal ${terminalId}`);
  release.push(() => terminalLock.release());
  // Nothing is noted of a terminal that somebody else has.
  const { records } = context;
  const row = await records.upsertTerminal(identity, portUrl, profile.name, hashes, terminalId);
  const facts = {
    terminalId,
    portUrl,
    profile,
    identity: told,
    training: context.trainings.has(portUrl),
    lastVisitUtc: row.lastVisitUtc,
    lastCause: row.lastCause,
  };
  const disown = async () => {
    await Promise.all([terminalLock.release(), portLock.release()]);
  };
  const connection = context.connections.adopt(facts, session, disown);
  await settleFlash(context, connection);
  await settleAtConnect(context, connection);
  return connection.view();
}

/**
 * By what the records know it. A recording is no visit to the terminal that it was made of: it is
 * itself, whatever serial number is in it.
 */
function knownAs(
  portUrl: string,
  identity: Identity,
  hashes: string[],
): { identity: Identity; hashes: string[] } {
  if (!isRecording(portUrl)) return { identity, hashes };
  return { identity: { ...identity, serialNumber: null, basis: 'assumed' }, hashes: [] };
}

export async function disconnect(
  context: Context,
  { terminalId }: Params<'disconnect'>,
): Promise<Result<'disconnect'>> {
  context.connections.get(terminalId);
  await context.connections.letGo(terminalId);
  return {};
}

async function chosenModel(
  context: Context,
  params: Params<'connect'>,
  portUrl: string,
): Promise<Profile | null> {
  if (params.profile === null && params.profileFileId === null) return null;
  const profileFile = pathOf(context, params.profileFileId);
  return await withMerchant(context, params, portUrl, { profile: params.profile, profileFile });
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
  if (given !== null || !context.trainings.has(portUrl)) {
    return await loadModel({ ...choice, merchantFile: given });
  }
  try {
    return await loadModel({ ...choice, merchantFile: trainingMerchant() });
  } catch (error) {
    if (faultOf(error).code !== 'merchant-invalid') throw error;
    return await loadModel({ ...choice, merchantFile: null });
  }
}

function pathOf(context: Context, fileId: string | null): string | null {
  return fileId === null ? null : context.files.path(fileId);
}

/** Asks who is there. Throws `port-silent` where nothing answers, `port-echoes` for an echo. */
async function recognise(
  context: Context,
  session: SmpSession,
  params: Params<'connect'>,
  portUrl: string,
  signal: AbortSignal,
): Promise<Profile> {
  const wait = { timeoutMs: firstAnswerTimeoutMs, signal };
  let info = '';
  try {
    info = (await session.request(osInfo, { format: 'a' }, wait)).output;
  } catch (error) {
    const { code } = faultOf(error);
    if (code === 'reply-timeout') {
      throw new BridgeFault('port-silent', { port: portUrl }, { cause: error });
    }
    // Older servers and MCUboot's recovery do not have the command: the generic profile serves.
    const without = ['command-unsupported', 'command-refused', 'not-recorded'];
    if (!without.includes(code)) throw error;
  }
  const choice = { profile: recogniseBySmpInfo(info), profileFile: null };
  return await withMerchant(context, params, portUrl, choice);
}

async function identify(
  session: SmpSession,
  profile: Profile,
  portUrl: string,
  signal: AbortSignal,
): Promise<{ identity: Identity; slotHashes: string[] }> {
  const wait = { timeoutMs: firstAnswerTimeoutMs, signal };
  const values = new Map<string, string>();
  const names = ['identity.serialNumber', 'identity.model', 'identity.hardware'] as const;
  for await (const { name, value } of takeReadings(session, profile, names, signal)) {
    if (value !== null && value !== '') values.set(name, String(value));
  }
  const state = await session.request(imageStateRead, undefined, wait).catch((error: unknown) => {
    const { code } = faultOf(error);
    if (code === 'command-unsupported' || code === 'command-refused') return null;
    throw error;
  });
  const running = state ? runningSlot(state) : null;
  const own = values.get('identity.serialNumber') ?? null;
  const usb = own === null ? await usbSerialNumber(portUrl) : null;
  return {
    identity: {
      serialNumber: own ?? usb,
      basis: own !== null ? 'serial-number' : usb !== null ? 'usb-serial' : 'assumed',
      model: values.get('identity.model') ?? profile.model,
      hardware: values.get('identity.hardware') ?? null,
      firmwareVersion: running?.version ?? null,
      firmwareHash: running?.hash ? toHex(running.hash) : null,
    },
    slotHashes: state ? slotHashes(state) : [],
  };
}

/** Of the USB device that the port belongs to; null: no USB device, or one without a number. */
async function usbSerialNumber(portUrl: string): Promise<string | null> {
  const address = parseAddress(portUrl);
  if (address.kind !== 'serial') return null;
  const { ports } = await discoverPorts();
  return ports.find(({ path }) => path === address.path)?.serialNumber ?? null;
}

/** True where the session leads to the terminal of this connection and to no other. */
export async function sameTerminal(
  session: SmpSession,
  connection: Connection,
  signal: AbortSignal,
): Promise<boolean> {
  const { identity, slotHashes: hashes } = await identify(
    session,
    connection.profile,
    connection.portUrl,
    signal,
  );
  const before = connection.identity;
  if (before.serialNumber !== null) return identity.serialNumber === before.serialNumber;
  return before.firmwareHash !== null && hashes.includes(before.firmwareHash);
}
