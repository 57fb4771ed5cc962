/**
 * A flash through fastboot: the images onto the disk, into the boot loader, partition after partition,
 * back to the system, and then what runs there. Whatever stops it on the way, the terminal is waited
 * for and looked at. Cancel is honoured until the first partition is about to be written: from there
 * on a terminal that is left alone is the worse off.
 */
import { faultOf } from '../../../contract/bridge-fault.ts';
import type { Fault } from '../../../contract/fault.ts';
import type { FlashProgress } from '../../../contract/firmware.ts';
import { unpackedFolder } from '../../../records/unpacked.ts';
import type { FactoryFile } from '../firmware-file.ts';
import { backInSystem } from '../handed-over/back-in-system.ts';
import type { PartitionedMethod, Survey } from '../method.ts';
import type { Outcome } from '../outcome.ts';
import { replaced } from '../prove.ts';
import { concludeThrough } from '../reconnect.ts';
import { enter, judged, unlooked, type Run } from '../run.ts';
import { enterBootLoader } from './boot-loader.ts';
import { UnpackedImages } from './unpacked-images.ts';
import { writePackage } from './write-package.ts';

const restartTimeoutMs = 5_000;

export async function* partitionedSteps(
  run: Run,
  method: PartitionedMethod,
  file: FactoryFile,
  found: Survey,
): AsyncGenerator<FlashProgress, Outcome, void> {
  let images: UnpackedImages | null = null;
  try {
    images = yield* unpacked(run, file);
    const inBootLoader = found.bootLoader?.variables != null;
    if (!inBootLoader) yield* enterBootLoader(run, method);
    yield* writePackage(run, method, file, images);
  } catch (error) {
    const fault = faultOf(error, run.signal.aborted && !run.marks.marking);
    if (fault.code === 'terminal-replaced') return replaced(run, fault);
    run.stopped = { fault, phase: run.phase };
    run.context.log.info(`${run.phase}: ${fault.code}`);
  } finally {
    await images?.close();
  }
  try {
    return yield* looked(run, method);
  } catch (error) {
    return judged(run, run.stopped?.fault ?? faultOf(error), unlooked);
  }
}

async function* unpacked(
  run: Run,
  file: FactoryFile,
): AsyncGenerator<FlashProgress, UnpackedImages, void> {
  await enter(run, 'unpack');
  const folder = unpackedFolder(run.context.options.dataFolder, run.connection.terminalId);
  const work = UnpackedImages.unpack(file, folder);
  let step = await work.next();
  for (; step.done !== true; step = await work.next()) {
    const { doneBytes, totalBytes } = step.value;
    yield run.meter.at('unpack', totalBytes === 0 ? 1 : doneBytes / totalBytes);
    if (run.signal.aborted) {
      await work.return(undefined as never);
      run.signal.throwIfAborted();
    }
  }
  return step.value;
}

/** The boot loader is left where it is done, or where what ran before is still whole. */
async function* looked(
  run: Run,
  method: PartitionedMethod,
): AsyncGenerator<FlashProgress, Outcome, void> {
  const { marks, entry, swapTimeoutMs: timeoutMs } = run;
  const mayLeave = marks.marked || !marks.marking || entry.canRevert;
  await leave(run, method, mayLeave);
  const state = yield* backInSystem(run, method, mayLeave);
  if (state !== null) return yield* concludeThrough(run, state);
  const facts = { command: 'reboot', timeoutMs };
  const silent: Fault = { code: 'reply-timeout', facts, trace: [] };
  return judged(run, run.stopped?.fault ?? silent, unlooked);
}

/**
 * From the boot loader; asked again later where this does not reach it. Whoever answers then is asked
 * in a new session: one that was left in the middle of a command says no more.
 */
async function leave(run: Run, method: PartitionedMethod, mayLeave: boolean): Promise<void> {
  const { connection } = run;
  if (!connection.connected || connection.session.kind !== 'fastboot') return;
  try {
    if (mayLeave) await method.restart({ timeoutMs: restartTimeoutMs });
  } catch (error) {
    run.context.log.info(`the boot loader does not restart: ${faultOf(error).code}`);
  }
  await connection.closeSession();
}
