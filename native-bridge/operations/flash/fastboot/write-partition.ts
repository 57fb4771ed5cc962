/** One image onto its partition: in as many downloads as the boot loader has room for. */
import type { Sentence } from '../../../contract/common.ts';
import type { FlashProgress } from '../../../contract/firmware.ts';
import { withFooterAtEnd } from '../../../firmware/fastboot/avb-footer.ts';
import { splitImage } from '../../../firmware/fastboot/split.ts';
import type { PartitionImage } from '../../../firmware/fastboot/image.ts';
import { piecesOf } from '../../../firmware/random-access.ts';
import { maxDownloadBytes } from '../../../protocols/fastboot/commands.ts';
import { partitionSize } from '../../../protocols/fastboot/variables.ts';
import type { FastbootSession } from '../../../sessions/fastboot/fastboot-session.ts';
import { everySecond } from '../handed-over/wait.ts';
import type { Run } from '../run.ts';
import { patienceOf } from './boot-loader.ts';

/** So large no client makes a download (AOSP, fastboot.cpp, RESPARSE_LIMIT). */
const largestBytes = 1024 * 1024 * 1024;
const askTimeoutMs = 10_000;
/** For each piece of a download, and for its end. */
const pieceTimeoutMs = 30_000;

/** How far the whole package is. */
export interface Sent {
  bytes: number;
  readonly totalBytes: number;
}

/** `name`: with its slot. Throws what the session throws; FirmwareError `image-too-large`. */
export async function* writePartition(
  run: Run,
  name: string,
  image: PartitionImage,
  sent: Sent,
): AsyncGenerator<FlashProgress, void, void> {
  const session = run.connection.fastboot;
  const room = await roomOf(session);
  if (await isYes(session, `is-logical:${name}`)) {
    await session.resizeLogical(name, image.partitionBytes, { timeoutMs: askTimeoutMs });
  }
  const before = sent.bytes;
  const pieces = splitImage(await asWritten(session, name, image), room);
  const piecesBytes = pieces.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  let done = 0;
  for (const piece of pieces) {
    const start = done;
    for await (const { sentBytes } of session.download(piece, { timeoutMs: pieceTimeoutMs })) {
      done = start + sentBytes;
      // Pieces have headers and gaps of their own: what counts is the file.
      sent.bytes = before + Math.floor((done / piecesBytes) * image.file.sizeBytes);
      yield at(run, sent, null);
    }
    const wait = { timeoutMs: patienceOf(run).writeTimeoutMs };
    yield* whileWriting(run, sent, name, session.flash(name, wait));
  }
  sent.bytes = before + image.file.sizeBytes;
}

/** As large as its partition, where that is what its boot loader reads. */
async function asWritten(
  session: FastbootSession,
  name: string,
  image: PartitionImage,
): Promise<PartitionImage> {
  const told = await session.getvar(`partition-size:${name}`, { timeoutMs: askTimeoutMs });
  return await withFooterAtEnd(image, name, partitionSize(told));
}

/** The table of logical partitions. Throws what the session throws. */
export async function* writeSuper(
  run: Run,
  { file }: PartitionImage,
  wipe: boolean,
  sent: Sent,
): AsyncGenerator<FlashProgress, void, void> {
  const session = run.connection.fastboot;
  const name =
    (await session.getvar('super-partition-name', { timeoutMs: askTimeoutMs })) || 'super';
  const source = { sizeBytes: file.sizeBytes, pieces: () => piecesOf(file) };
  for await (const _ of session.download(source, { timeoutMs: pieceTimeoutMs })) {
    yield at(run, sent, null);
  }
  const wait = { timeoutMs: patienceOf(run).writeTimeoutMs };
  yield* whileWriting(run, sent, name, session.updateSuper(name, wipe, wait));
  sent.bytes += file.sizeBytes;
}

/** Large partitions take minutes: shown as long as they do. */
export async function* whileWriting(
  run: Run,
  sent: Sent,
  partition: string,
  work: Promise<unknown>,
): AsyncGenerator<FlashProgress, void, void> {
  const ticks = everySecond(work);
  const writing = { key: 'flash_wait_partition', facts: { partition } };
  yield at(run, sent, writing);
  for (;;) {
    const tick = await ticks.next();
    if (tick.done === true) return;
    yield at(run, sent, writing);
  }
}

function at(run: Run, { bytes, totalBytes }: Sent, waitingFor: Sentence | null): FlashProgress {
  const sentBytes = Math.min(bytes, totalBytes);
  run.marks = { ...run.marks, sentBytes };
  return run.meter.uploading(sentBytes, totalBytes, waitingFor);
}

/** One that names no limit takes what fits into a command's eight digits. */
async function roomOf(session: FastbootSession): Promise<number> {
  const told = await session.getvar('max-download-size', { timeoutMs: askTimeoutMs });
  const isNumber = told !== null && /^(?:0x[0-9a-f]{1,16}|\d{1,16})$/i.test(told);
  const limit = isNumber ? Number(told) : 0;
  return Math.min(limit > 0 ? limit : maxDownloadBytes, largestBytes);
}

export async function isYes(session: FastbootSession, variable: string): Promise<boolean> {
  return (await session.getvar(variable, { timeoutMs: askTimeoutMs })) === 'yes';
}
