/**
 * Upload over a line that loses one frame in a hundred, both ways, and over one that breaks ten
 * times: the simulated code box as in smp-upload.ts.
 *
 * "Payload" is as there: the image's bytes as a share of what the line can carry. After breaks the
 * bytes on the wire, of all sessions together, are held against one upload that was not broken.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { setTimeout as after } from 'node:timers/promises';
import { openPort } from '../../native-bridge/ports/open-port.ts';
import { SmpSession } from '../../native-bridge/sessions/smp/smp-session.ts';
import { upload } from '../../native-bridge/sessions/smp/upload.ts';
import { Codebox } from '../support/codebox.ts';
import { NoisyPort, random as randomOf, type Noise } from '../support/noisy-port.ts';

const firmware = new URL('../fixtures/firmware/fills-slot-4.0.0.bin', import.meta.url);
const WIRE_SHARE = 93 / 127;
const LOST_SHARE = 0.01;
const PAYLOAD_GOAL = 0.8;
const BREAKS = 10;
const SENT_GOAL = 1.05;
/** About as long as one piece takes. */
const MOMENT_MS = 16;

const random = randomOf(5);
const image = readFileSync(firmware);
const terms = {
  imageNumber: 0,
  sha256: createHash('sha256').update(image).digest(),
  upgrade: false,
  eraseTimeoutMs: 10_000,
};

function start(baud: number): Promise<Codebox> {
  return Codebox.start(
    ...['--baud', `${baud}`, '--buf-size', '1024', '--buf-count', '4'],
    ...['--turnaround-ms', '5', '--flash-write-ms', '3', '--erase-ms', '0'],
  );
}

interface LineStats {
  readonly uploads: readonly { readonly haveBytes: number; readonly spanMs: number }[];
  readonly toTerminal: { readonly bytes: number; readonly busyMs: number };
}

interface Lossy {
  readonly payload: number;
  readonly resentBytes: number;
  readonly lostFrames: number;
  readonly seconds: number;
}

async function lossy(baud: number, noise: Noise): Promise<Lossy> {
  const box = await start(baud);
  const port = new NoisyPort(await openPort(box.url, { timeoutMs: 5000 }), noise);
  const session = SmpSession.open(port);
  try {
    const sending = upload(session, image, terms);
    let step = await sending.next();
    while (!step.done) step = await sending.next();
    if (step.value.match === false) throw new Error('the image did not arrive');
    const { uploads, toTerminal } = (await box.tell({ stats: true })) as unknown as LineStats;
    const [account] = uploads;
    if (account?.haveBytes !== image.length) throw new Error('the image is not whole');
    const carried = (toTerminal.bytes / toTerminal.busyMs) * WIRE_SHARE;
    return {
      payload: account.haveBytes / account.spanMs / carried,
      resentBytes: step.value.resentBytes,
      lostFrames: port.out.lost + port.in.lost,
      seconds: account.spanMs / 1000,
    };
  } finally {
    await session.close();
    await box.close();
  }
}

/** Bytes written to the port by all sessions of one upload that is cut off `breaks` times. */
async function broken(baud: number, breaks: number): Promise<number> {
  const box = await start(baud);
  let bytes = 0;
  let url = box.url;
  try {
    for (let turn = 0; ; turn++) {
      const port = new NoisyPort(await openPort(url, { timeoutMs: 5000 }), { lostShare: 0 });
      const session = SmpSession.open(port);
      const untilBytes = turn < breaks ? ((turn + 0.7) / (breaks + 0.5)) * image.length : Infinity;
      const done = await sendUntil(session, untilBytes, () => box.tell({ pull: true }));
      bytes += port.bytesOut;
      await session.close();
      if (done) return bytes;
      const { url: again } = (await box.tell({ plug: true })) as { url?: string };
      url = again ?? url;
    }
  } finally {
    await box.close();
  }
}

/** True where the image is whole. The cable is really out: the session ends by its port. */
async function sendUntil(
  session: SmpSession,
  untilBytes: number,
  pull: () => Promise<unknown>,
): Promise<boolean> {
  let pulled: Promise<unknown> | null = null;
  try {
    for await (const { offsetBytes } of upload(session, image, terms)) {
      // A cable is not pulled in step with replies.
      if (offsetBytes >= untilBytes) pulled ??= after(random() * MOMENT_MS).then(pull);
    }
    return true;
  } catch (error) {
    if (pulled === null) throw error;
    await pulled;
    return false;
  }
}

export async function bench(): Promise<{ name: string; lines: string[]; ok: boolean }> {
  const lines = [`1 % of frames lost: payload ≥ ${PAYLOAD_GOAL} of 93/127`];
  let ok = true;
  const measured = async (baud: number, noise: Noise, isJudged: boolean): Promise<void> => {
    const { payload, resentBytes, lostFrames, seconds } = await lossy(baud, noise);
    const isGood = payload >= PAYLOAD_GOAL;
    if (isJudged && !isGood) ok = false;
    const parts = [
      `${baud}`.padStart(7),
      (noise.perLine ? '1 % of lines' : '1 % of frames').padEnd(14),
      `payload ${payload.toFixed(4)}`,
      `${seconds.toFixed(1).padStart(5)} s`,
      `lost ${lostFrames}`,
      `sent again ${resentBytes}`,
    ];
    lines.push(`${parts.join('  ')}${isJudged ? (isGood ? '  ✓' : '  ✗') : ''}`);
  };
  for (const baud of [115_200, 921_600]) {
    await measured(baud, { lostShare: LOST_SHARE }, true);
  }
  await measured(921_600, { lostShare: LOST_SHARE, perLine: true }, false);
  lines.push(
    '',
    `${BREAKS} breaks of the cable: bytes on the wire ≤ ${SENT_GOAL} of an unbroken upload’s`,
  );
  const whole = await broken(921_600, 0);
  for (const baud of [460_800, 921_600]) {
    const inPieces = await broken(baud, BREAKS);
    const ratio = inPieces / whole;
    if (ratio > SENT_GOAL) ok = false;
    lines.push(
      `${baud}`.padStart(7) +
        `  ${whole} → ${inPieces} bytes  ${ratio.toFixed(4)}${ratio <= SENT_GOAL ? '  ✓' : '  ✗'}`,
    );
  }
  return { name: 'SMP upload over a bad line', lines, ok };
}
