/**
 * Upload over a line that loses frames, and over one that breaks, under virtual time: what the line
 * carried is exact. The same on a real clock, with this machine's own pauses: `npm run bench smp-lossy`.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it, onTestFinished } from 'vitest';
import { SmpSession } from '../../../native-bridge/sessions/smp/smp-session.ts';
import { upload } from '../../../native-bridge/sessions/smp/upload.ts';
import { NoisyPort, random } from '../../support/noisy-port.ts';
import { VirtualLine } from '../../support/virtual-line.ts';
import { VirtualTime } from '../../support/virtual-time.ts';

const firmware = new URL('../../fixtures/firmware/fills-slot-4.0.0.bin', import.meta.url);
const image = readFileSync(firmware);
const terms = {
  imageNumber: 0,
  sha256: createHash('sha256').update(image).digest(),
  upgrade: false,
  eraseTimeoutMs: 10_000,
};
const wireShare = 93 / 127;
const breaks = 10;
/** About as long as one piece takes. */
const momentMs = 16;

function virtualTime(): VirtualTime {
  const time = new VirtualTime();
  onTestFinished(time.install());
  return time;
}

/** A code box of its own. */
async function lineAt(baud: number): Promise<VirtualLine> {
  const pace = { turnaroundMs: 5, flashWriteMs: 3, eraseMs: 0 };
  const line = new VirtualLine({ baud, bufSize: 1024, bufCount: 4, ...pace });
  onTestFinished(() => line.simulator.stop());
  await line.simulator.start();
  return line;
}

async function sent(session: SmpSession): Promise<void> {
  const sending = upload(session, image, terms);
  let step = await sending.next();
  while (!step.done) step = await sending.next();
  if (step.value.match !== true) throw new Error('the image did not arrive');
}

/** Bytes written to the port by all sessions of one upload that is cut off `times`. */
async function broken(
  time: VirtualTime,
  line: VirtualLine,
  times: number,
  seed: number,
): Promise<number> {
  const chance = random(seed);
  let bytes = 0;
  for (let turn = 0; ; turn++) {
    const port = new NoisyPort(line.open(), { lostShare: 0 });
    const session = SmpSession.open(port);
    const share = (turn + chance()) / (times + 0.5);
    const untilBytes = turn < times ? share * image.length : Infinity;
    const pull = async () => {
      await new Promise((resolve) => setTimeout(resolve, chance() * momentMs));
      await line.simulator.pull();
    };
    const whole = await time.run(sentUntil(session, untilBytes, pull));
    bytes += port.bytesOut;
    await time.run(session.close());
    if (whole) return bytes;
    await time.run(line.simulator.plug());
  }
}

async function sentUntil(
  session: SmpSession,
  untilBytes: number,
  pull: () => Promise<void>,
): Promise<boolean> {
  let pulled: Promise<void> | null = null;
  try {
    for await (const { offsetBytes } of upload(session, image, terms)) {
      if (offsetBytes >= untilBytes) pulled ??= pull();
    }
    return true;
  } catch (error) {
    if (pulled === null) throw error;
    await pulled;
    return false;
  }
}

describe('with one frame in a hundred lost, an upload', () => {
  it.each([
    [115_200, 17, 'the last piece among them'],
    [115_200, 85, 'none of them special'],
    [921_600, 17, 'the last piece among them'],
    [921_600, 51, 'many'],
    [921_600, 85, 'none of them special'],
  ])('carries 0.8 of what the line can: %i baud, losses %i, %s', async (baud, seed) => {
    const time = virtualTime();
    const line = await lineAt(baud);
    const port = new NoisyPort(line.open(), { lostShare: 0.01, seed });
    const session = SmpSession.open(port);
    const startMs = time.nowMs;
    await time.run(sent(session));
    const tookMs = time.nowMs - startMs;
    await time.run(session.close());
    expect(port.out.lost + port.in.lost).toBeGreaterThan(5);
    const line10BitsAByte = baud / 10_000;
    expect(image.length / tookMs / (line10BitsAByte * wireShare)).toBeGreaterThan(0.8);
  });
});

describe('with the cable pulled ten times, an upload', () => {
  it.each([
    [115_200, 1],
    [460_800, 2],
    [921_600, 3],
    [921_600, 4],
  ])('sends no more than 1.05 of one that is not: %i baud, moments %i', async (baud, seed) => {
    const time = virtualTime();
    const whole = await broken(time, await lineAt(baud), 0, seed);
    const inPieces = await broken(time, await lineAt(baud), breaks, seed);
    expect(inPieces).toBeGreaterThan(whole);
    expect(inPieces / whole).toBeLessThan(1.05);
  });
});
