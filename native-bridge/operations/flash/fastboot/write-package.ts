/**
 * Writes a package, once the boot loader itself was asked everything again. A step that was cut off is
 * done again from its beginning where the terminal is back in its boot loader within its time: writing
 * a partition twice is writing it once.
 */
import { BridgeFault, faultOf } from '../../../contract/bridge-fault.ts';
import type { Fault } from '../../../contract/fault.ts';
import type { FlashProgress } from '../../../contract/firmware.ts';
import { unmetRequirements } from '../../../firmware/fastboot/android-info.ts';
import type { FastbootSession } from '../../../sessions/fastboot/fastboot-session.ts';
import { blocker, type Blocker } from '../blocker.ts';
import type { FactoryFile } from '../firmware-file.ts';
import { isStillThere } from '../identity.ts';
import type { PartitionedMethod } from '../method.ts';
import { enter, learn, type Run } from '../run.ts';
import { backInBootLoader, patienceOf, restartInto } from './boot-loader.ts';
import {
  askedByName,
  bootLoaderBlockers,
  listsPartitions,
  nameIn,
  snapshotStatus,
  unmetBlocker,
} from './demands.ts';
import { slotsOf, type Slots } from './slot.ts';
import type { UnpackedImages } from './unpacked-images.ts';
import { isYes, whileWriting, writePartition, writeSuper, type Sent } from './write-partition.ts';
import { writesOf, type Write } from './writes.ts';

const askTimeoutMs = 10_000;
const tries = 3;
const lost: ReadonlySet<Fault['code']> = new Set([
  'port-vanished',
  'reply-timeout',
  'upload-stalled',
]);

interface Writing {
  readonly run: Run;
  readonly method: PartitionedMethod;
  readonly file: FactoryFile;
  readonly images: UnpackedImages;
  readonly slots: Slots;
  readonly wipes: boolean;
  readonly sent: Sent;
  /** fastbootd answers: a step that is done again needs it again. */
  userspace: boolean;
}

/**
 * Throws `bootloader-locked`, `flash-blocked` before anything is written; after that what the session
 * throws, `boot-loader-not-reached`, `terminal-replaced`.
 */
export async function* writePackage(
  run: Run,
  method: PartitionedMethod,
  file: FactoryFile,
  images: UnpackedImages,
): AsyncGenerator<FlashProgress, void, void> {
  await enter(run, 'upload');
  if (!(await isStillThere(run))) {
    throw new BridgeFault('reply-malformed', { command: 'getvar:serialno' });
  }
  const names = askedByName(file.factory);
  const told = await run.connection.fastboot.getvarAll({ timeoutMs: askTimeoutMs }, names);
  const slots = slotsOf(told, patienceOf(run).slot);
  const wipes = run.entry.allowed.includes('wipe-data');
  const writes = writesOf(file.factory, { wipes, hasSlots: slots.target !== null });
  const asked = { factory: file.factory, writes, imageBytes: images.partitionBytes };
  refuse([...bootLoaderBlockers(asked, told, slots), ...wayBackBlockers(run, slots)]);
  run.signal.throwIfAborted();
  const totalBytes = bytesOf(writes, images);
  const sent: Sent = { bytes: 0, totalBytes };
  const userspace = told.isUserspace === true;
  const writing: Writing = { run, method, file, images, slots, wipes, sent, userspace };
  // Killed from here on, the next run knows that something may have been written.
  await learn(run, { marking: true, sentBytes: 0 });
  await giveUpSnapshot(writing, told.values.get(snapshotStatus));
  for (const write of writes) yield* again(writing, write);
  await learn(run, { marked: true, sentBytes: run.entry.file.sizeBytes });
  method.startSlot(null);
}

/** The plan promised a way back by what the system said of its slots. */
function wayBackBlockers({ entry }: Run, { kept }: Slots): Blocker[] {
  return entry.canRevert && kept === null ? [blocker('no-way-back', {}, true)] : [];
}

function refuse(blockers: readonly Blocker[]): void {
  if (blockers.length === 0) return;
  if (blockers.some(({ code }) => code === 'bootloader-locked')) {
    throw new BridgeFault('bootloader-locked', { command: 'getvar:unlocked' });
  }
  throw new BridgeFault('flash-blocked', { blockers: blockers.map(({ code }) => code) });
}

function bytesOf(writes: readonly Write[], images: UnpackedImages): number {
  const all = writes.flatMap((write) => ('image' in write ? [write.image] : []));
  return all.reduce((sum, image) => sum + images.image(image).file.sizeBytes, 0);
}

/** AOSP's client gives up what waits to be merged before it writes (CancelSnapshotIfNeeded). */
async function giveUpSnapshot({ run }: Writing, status: string | undefined): Promise<void> {
  if (status === undefined || status === '' || status === 'none') return;
  await run.connection.fastboot.cancelSnapshot({ timeoutMs: askTimeoutMs });
}

async function* again(writing: Writing, write: Write): AsyncGenerator<FlashProgress, void, void> {
  const { run, method, sent } = writing;
  const before = sent.bytes;
  for (let times = 1; ; times++) {
    try {
      yield* one(writing, write);
      return;
    } catch (error) {
      const { code } = faultOf(error);
      if (!lost.has(code) || times === tries) throw error;
      run.context.log.info(`${write.kind}: ${code}, once more`);
    }
    sent.bytes = before;
    await run.connection.closeSession();
    yield* backInBootLoader(run, method, 'cable');
    const isThere = await run.connection.fastboot.isUserspace({ timeoutMs: askTimeoutMs });
    if (writing.userspace && !isThere) yield* restartInto(run, method, 'fastboot');
  }
}

async function* one(writing: Writing, write: Write): AsyncGenerator<FlashProgress, void, void> {
  const { run, method, images, slots, sent, wipes } = writing;
  const { connection } = run;
  switch (write.kind) {
    case 'flash': {
      const name = await nameOf(writing, write);
      return yield* writePartition(run, name, images.image(write.image), sent);
    }
    case 'erase':
      return yield* erase(writing, write);
    case 'empty': {
      await emptied(writing, write.partitions);
      return;
    }
    case 'update-super':
      return yield* writeSuper(run, images.image(write.image), wipes, sent);
    case 'restart':
      yield* restartInto(run, method, write.into);
      writing.userspace = write.into === 'fastboot';
      return;
    case 'check': {
      await checkAgain(writing);
      return;
    }
    case 'activate':
      // What is to be undone is known before it is done.
      method.startSlot(slots.kept);
      {
        await connection.fastboot.setActive(slots.target ?? '', { timeoutMs: askTimeoutMs });
        return;
      }
  }
}

async function* erase(
  writing: Writing,
  { partition, ifThere }: Extract<Write, { kind: 'erase' }>,
): AsyncGenerator<FlashProgress, void, void> {
  const { run, sent } = writing;
  const { fastboot } = run.connection;
  const name = await nameOf(writing, { partition, slot: 'this' });
  const presence = ifThere ? await presenceOf(fastboot, name) : 'there';
  if (presence === 'absent') return;
  const wait = { timeoutMs: patienceOf(run).writeTimeoutMs };
  try {
    yield* whileWriting(run, sent, name, fastboot.erase(name, wait));
  } catch (error) {
    if (presence !== 'untold' || faultOf(error).code !== 'command-refused') throw error;
    run.context.log.info(`erase ${name}: refused, and nothing says that it is there`);
  }
}

/** What is to be erased is passed over only where it is known not to be there: user data never. */
async function presenceOf(
  fastboot: FastbootSession,
  name: string,
): Promise<'there' | 'absent' | 'untold'> {
  if (name === 'userdata') return 'there';
  const type = await fastboot.getvar(`partition-type:${name}`, { timeoutMs: askTimeoutMs });
  if (type !== null && type !== '') return 'there';
  const told = await fastboot.getvarAll({ timeoutMs: askTimeoutMs });
  if (told.partitions.has(name)) return 'there';
  return listsPartitions(told) ? 'absent' : 'untold';
}

async function nameOf(
  { run, slots }: Writing,
  write: { readonly partition: string; readonly slot: 'this' | 'other' },
): Promise<string> {
  const hasSlot = await isYes(run.connection.fastboot, `has-slot:${write.partition}`);
  return nameIn(write, hasSlot, slots);
}

/** As AOSP's client does: each begins without room, so that the new ones fit together. */
async function emptied(writing: Writing, partitions: readonly string[]): Promise<void> {
  const { fastboot } = writing.run.connection;
  for (const partition of partitions) {
    const name = await nameOf(writing, { partition, slot: 'this' });
    if (!(await isYes(fastboot, `is-logical:${name}`))) continue;
    await fastboot.resizeLogical(name, 0, { timeoutMs: askTimeoutMs });
  }
}

async function checkAgain({ run, file }: Writing): Promise<void> {
  const names = askedByName(file.factory);
  const told = await run.connection.fastboot.getvarAll({ timeoutMs: askTimeoutMs }, names);
  refuse(unmetRequirements(file.factory.requirements, told).map(unmetBlocker));
}
