/**
 * Connecting: open the port the technician chose, find out who is there, keep the session open.
 * Every path that fails gives back the port and its locks.
 */
import { BridgeFault, faultOf } from '../contract/bridge-fault.ts';
import { isRecording } from '../contract/port.ts';
import type { Params, Progress, Result } from '../contract/requests.ts';
import type { Identity } from '../contract/terminal.ts';
import type { Connection } from '../connections/connection.ts';
import { canonicalAddress } from '../ports/address.ts';
import type { KnownTerminal, TerminalRow } from '../records/types.ts';
import type { TerminalSession } from '../connections/terminal-session.ts';
import type { Profile } from '../terminals/profile.ts';
import type { Context } from './context.ts';
import { firstContact } from './first-contact.ts';
import { settleFlash } from './flash/settle.ts';
import { identify, usbSurroundings, type Identified } from './identify.ts';
import { settleAtConnect } from './interrupted/at-connect.ts';
import { nameSecrets } from './open-session.ts';
import { portLockName } from './port-lock.ts';
import { chosenModel } from './recognise.ts';
import { isShownTwice } from './shown-twice.ts';
import type { Asked } from './try-contact.ts';

export async function* connect(
  context: Context,
  params: Params<'connect'>,
  signal: AbortSignal,
): AsyncGenerator<Progress<'connect'>, Result<'connect'>, void> {
  const portUrl = canonicalAddress(params.portUrl);
  const before = context.connections.onPort(portUrl);
  if (before?.connected === true && saysNothingNew(params)) return before.view();
  // A profile that can't be used costs nobody the terminal that is connected.
  const chosen = await chosenModel(context, params, portUrl);
  if (before) await context.connections.letGo(before.terminalId);
  const release: (() => Promise<void>)[] = [];
  try {
    return yield* open(context, { ...params, chosen }, portUrl, release, signal);
  } finally {
    // Also where nobody waits for the end any more. What is connected has left nothing here.
    for (const undo of release.reverse()) {
      await undo().catch((left: unknown) => context.log.warn(`not released: ${String(left)}`));
    }
  }
}

function saysNothingNew({ profile, profileFileId, merchantFileId }: Params<'connect'>): boolean {
  return profile === null && profileFileId === null && merchantFileId === null;
}

/** `release`: what to give back at the end, in order of taking; empty once it is connected. */
async function* open(
  context: Context,
  params: Asked,
  askedUrl: string,
  release: (() => Promise<void>)[],
  signal: AbortSignal,
): AsyncGenerator<Progress<'connect'>, Result<'connect'>, void> {
  const askedLock = await context.records.acquire(portLockName(askedUrl));
  release.push(() => askedLock.release());
  context.replays.letGo(askedUrl);
  const contact = yield* firstContact(context, params, askedUrl, signal);
  const { session, recognised, portUrl } = contact;
  const portLock = contact.portLock ?? askedLock;
  release.push(() => session.close());
  if (contact.portLock) {
    // It restarted under another name: the one that was asked for is free for others.
    release[0] = () => portLock.release();
    await askedLock.release();
  }
  const { profile, bootLoader } = recognised;
  nameSecrets(session, profile);
  const found = await identify(context, session, profile, portUrl, signal);
  const known = bootLoader?.of ?? null;
  const told = known ? asKnown(known, found) : found;
  const who = await ofItsOwn(context, told, session, portUrl);
  const { identity, hashes } = knownAs(portUrl, who);
  const terminalId = known?.id ?? (await context.records.terminalIdOf(identity, portUrl, hashes));
  const waiting = context.connections.find(terminalId);
  if (waiting?.awaited === true && bootLoader === null) {
    release.length = 0;
    return await handOver(context, waiting, portUrl, session, portLock);
  }
  // It may have been plugged into another port: there it is gone.
  await context.connections.letGo(terminalId);
  const terminalLock = await context.records.acquire(`terminal ${terminalId}`);
  release.push(() => terminalLock.release());
  // Nothing is noted of a terminal that somebody else has.
  const row = await noteVisit(context, { known, identity, portUrl, profile, hashes, terminalId });
  const facts = {
    terminalId,
    portUrl,
    profile,
    identity: who.identity,
    slotHashes: who.slotHashes,
    bootLoader: bootLoader !== null,
    training: context.trainings.has(portUrl),
    nickname: row.nickname,
    lastVisitUtc: row.lastVisitUtc,
    lastCause: row.lastCause,
    ...(await usbSurroundings(context, portUrl)),
  };
  const connection = context.connections.adopt(facts, session, {
    disown: () => terminalLock.release(),
    leavePort: () => portLock.release(),
  });
  // It gives them back itself from here on.
  release.length = 0;
  return await settled(context, connection, signal);
}

/**
 * What was cut off on it is settled first. Who cancels meanwhile has no terminal connected, unless
 * another window has begun to write to it.
 */
async function settled(
  context: Context,
  connection: Connection,
  signal: AbortSignal,
): Promise<Result<'connect'>> {
  await settleFlash(context, connection, signal);
  if (!signal.aborted) await settleAtConnect(context, connection);
  if (!signal.aborted) return connection.view();
  try {
    await context.connections.letGo(connection.terminalId);
  } catch (error) {
    if (faultOf(error).code === 'terminal-busy') return connection.view();
    throw error;
  }
  throw new BridgeFault('cancelled');
}

/** A flash waits for this very terminal, which came back here: the flash goes on with it. */
async function handOver(
  context: Context,
  waiting: Connection,
  portUrl: string,
  session: TerminalSession,
  portLock: { release(): Promise<void> },
): Promise<Result<'connect'>> {
  waiting.moveTo(portUrl, session);
  await context.connections.movedPort(waiting.terminalId, () => portLock.release());
  return waiting.view();
}

/** A boot loader tells neither serial number nor model: it is assumed to be the terminal known. */
function asKnown(known: KnownTerminal, { identity, slotHashes }: Identified): Identified {
  const { serialNumber, model } = known;
  // With fastboot a boot loader tells its number itself.
  const proven = identity.basis === 'serial-number' && identity.serialNumber === serialNumber;
  const basis = proven ? 'serial-number' : 'assumed';
  return {
    identity: { ...identity, serialNumber, model, basis },
    slotHashes: [...new Set([...slotHashes, ...known.slotHashes])],
  };
}

/** A number that another terminal shows at this moment says of neither which it is. */
async function ofItsOwn(
  context: Context,
  who: Identified,
  session: TerminalSession,
  portUrl: string,
): Promise<Identified> {
  const id = await context.records.terminalIdOf(who.identity, portUrl, who.slotHashes);
  const known = context.connections.find(id);
  if (!(await isShownTwice(known, session, portUrl))) return who;
  context.log.warn(`${portUrl}: another terminal shows the same serial number`);
  return { ...who, identity: { ...who.identity, serialNumber: null, basis: 'assumed' } };
}

interface Visit {
  readonly known: KnownTerminal | null;
  readonly identity: Identity;
  readonly portUrl: string;
  readonly profile: Profile;
  readonly hashes: string[];
  readonly terminalId: string;
}

async function noteVisit(
  { records }: Context,
  { known, identity, portUrl, profile, hashes, terminalId }: Visit,
): Promise<Pick<TerminalRow, 'nickname' | 'lastVisitUtc' | 'lastCause'>> {
  if (!known) {
    return await records.upsertTerminal(identity, portUrl, profile.name, hashes, terminalId);
  }
  await records.noteIdentity(terminalId, identity, hashes);
  return known;
}

/**
 * By what the records know it. A recording is no visit to the terminal that it was made of: it is
 * itself, whatever serial number is in it.
 */
function knownAs(
  portUrl: string,
  { identity, slotHashes }: Identified,
): { identity: Identity; hashes: string[] } {
  if (!isRecording(portUrl)) return { identity, hashes: slotHashes };
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
