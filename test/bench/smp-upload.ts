/**
 * Upload of an image that fills its slot, at the rate of a real line: the simulated code box in a
 * process of its own, paced both ways, 5 ms from request to reply, 3 ms of flash write a piece.
 *
 * What the line can carry is 93 bytes of packet in 127 on the wire. "Payload" is the image's bytes
 * as a share of that, at the rate that the paced line really had; "busy" is how much of the time,
 * from the first byte of the first request to the last of the last, there was a byte on the wire.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { openPort } from '../../native-bridge/ports/open-port.ts';
import { SmpSession } from '../../native-bridge/sessions/smp/smp-session.ts';
import { upload } from '../../native-bridge/sessions/smp/upload.ts';
import { Codebox } from '../support/codebox.ts';

const firmware = new URL('../fixtures/firmware/fills-slot-4.0.0.bin', import.meta.url);
const WIRE_SHARE = 93 / 127;
const PAYLOAD_GOAL = 0.95;
const BUSY_GOAL = 0.97;

interface Run {
  readonly label: string;
  readonly baud: number;
  readonly bufferBytes: number;
  readonly maxWindow: number;
  /** Held to the goals; the others are for comparison. */
  readonly isJudged: boolean;
}

interface Account {
  readonly imageBytes: number;
  readonly haveBytes: number;
  readonly wireBytes: number;
  readonly spanMs: number;
  readonly busyRatio: number;
  readonly sentTwiceBytes: number;
}

const runs: readonly Run[] = [115_200, 921_600].flatMap((baud) => [
  { label: 'windowed', baud, bufferBytes: 1024, maxWindow: Infinity, isJudged: true },
  { label: 'stop-and-wait', baud, bufferBytes: 1024, maxWindow: 1, isJudged: false },
  { label: 'windowed, buf_size 384', baud, bufferBytes: 384, maxWindow: Infinity, isJudged: false },
]);

interface LineStats {
  readonly uploads: readonly Account[];
  readonly toTerminal: { readonly bytes: number; readonly busyMs: number };
}

interface Measured extends Account {
  /** What the paced line really carried while it was busy. */
  readonly lineBytesPerMs: number;
}

async function measure({ baud, bufferBytes, maxWindow }: Run): Promise<Measured> {
  const image = readFileSync(firmware);
  const sha256 = createHash('sha256').update(image).digest();
  const box = await Codebox.start(
    ...['--baud', `${baud}`, '--buf-size', `${bufferBytes}`, '--buf-count', '4'],
    ...['--turnaround-ms', '5', '--flash-write-ms', '3', '--erase-ms', '0'],
  );
  const session = SmpSession.open(await openPort(box.url, { timeoutMs: 5000 }));
  try {
    const terms = { imageNumber: 0, sha256, upgrade: false, eraseTimeoutMs: 10_000, maxWindow };
    const sending = upload(session, image, terms);
    let step = await sending.next();
    while (!step.done) step = await sending.next();
    if (step.value.match !== true) throw new Error('the image did not arrive');
    const { uploads, toTerminal } = (await box.tell({ stats: true })) as unknown as LineStats;
    const [account] = uploads;
    if (!account) throw new Error('no upload was counted');
    return { ...account, lineBytesPerMs: toTerminal.bytes / toTerminal.busyMs };
  } finally {
    await session.close();
    await box.close();
  }
}

interface Shares {
  readonly payload: number;
  readonly busy: number;
}

function sharesOf({ haveBytes, spanMs, busyRatio, lineBytesPerMs }: Measured): Shares {
  return { payload: haveBytes / spanMs / (lineBytesPerMs * WIRE_SHARE), busy: busyRatio };
}

function lineOf(run: Run, account: Account, { payload, busy }: Shares): string {
  const seconds = (account.spanMs / 1000).toFixed(1);
  const kilobytesPerSecond = (account.haveBytes / account.spanMs).toFixed(1);
  return [
    `${run.baud}`.padStart(7),
    run.label.padEnd(23),
    `payload ${payload.toFixed(4)}`,
    `busy ${busy.toFixed(4)}`,
    `${kilobytesPerSecond.padStart(5)} kB/s`,
    `${seconds.padStart(5)} s`,
    `sent twice ${account.sentTwiceBytes}`,
  ].join('  ');
}

export async function bench(): Promise<{ name: string; lines: string[]; ok: boolean }> {
  const lines = [`payload ≥ ${PAYLOAD_GOAL} of 93/127 and busy ≥ ${BUSY_GOAL}, where windowed`];
  let ok = true;
  for (const run of runs) {
    const account = await measure(run);
    const shares = sharesOf(account);
    const isGood = shares.payload >= PAYLOAD_GOAL && shares.busy >= BUSY_GOAL;
    if (run.isJudged && !isGood) ok = false;
    lines.push(`${lineOf(run, account, shares)}${run.isJudged ? (isGood ? '  ✓' : '  ✗') : ''}`);
  }
  return { name: 'SMP upload at the line’s limit', lines, ok };
}
