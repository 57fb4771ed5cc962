/** An upload over a line that lets short requests through, but no piece of an image for a while. */
import { createHash } from 'node:crypto';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { BytePort } from '../../../native-bridge/ports/port.ts';
import { decodeRequest } from '../../../native-bridge/protocols/smp/command.ts';
import {
  encodeSerial,
  SerialFraming,
} from '../../../native-bridge/protocols/smp/serial-framing.ts';
import { SmpSession } from '../../../native-bridge/sessions/smp/smp-session.ts';
import { upload, type UploadResult } from '../../../native-bridge/sessions/smp/upload.ts';
import { makeImage } from '../../../native-bridge/simulators/codebox/boot/make-image.ts';
import { sessionFault } from '../../support/session-faults.ts';
import { VirtualLine } from '../../support/virtual-line.ts';
import { VirtualTime } from '../../support/virtual-time.ts';

const image = makeImage({ major: 2, minor: 0, revision: 0, build: 0 }, 40_000);
const sha256 = createHash('sha256').update(image).digest();
const terms = { imageNumber: 0, sha256, upgrade: false, eraseTimeoutMs: 10_000 };

/** Pieces are lost from where the image is half there, for so long. */
class Hole {
  lost = 0;
  #fromMs = Infinity;
  readonly #ms: number;
  readonly #framing = new SerialFraming();

  constructor(ms: number) {
    this.#ms = ms;
  }

  get ageMs(): number {
    return performance.now() - this.#fromMs;
  }

  begin(): void {
    this.#fromMs = Math.min(this.#fromMs, performance.now());
  }

  over(port: BytePort): BytePort {
    return {
      url: port.url,
      baud: port.baud,
      closed: port.closed,
      read: (wait) => port.read(wait),
      setSignals: (...signals) => port.setSignals(...signals),
      close: () => port.close(),
      write: async (bytes, wait) => {
        for (const value of this.#framing.push(bytes)) {
          if (value.kind !== 'packet' || this.#swallows(value.bytes)) continue;
          await port.write(encodeSerial(value.bytes), wait);
        }
      },
    };
  }

  #swallows(packet: Uint8Array): boolean {
    const { group, id } = decodeRequest(packet).header;
    const isPiece = group === 1 && id === 1;
    if (!isPiece || this.ageMs < 0 || this.ageMs >= this.#ms) return false;
    this.lost++;
    return true;
  }
}

/** `run` is over when the upload is. */
async function uploading(hole: Hole): Promise<{ time: VirtualTime; run: Promise<UploadResult> }> {
  const time = new VirtualTime();
  onTestFinished(time.install());
  const pace = { baud: 115_200, turnaroundMs: 5, flashWriteMs: 3, eraseMs: 0 };
  const line = new VirtualLine({ ...pace, bufSize: 1024, bufCount: 4 });
  onTestFinished(() => line.simulator.stop());
  await line.simulator.start();
  const session = SmpSession.open(hole.over(line.open()));
  return { time, run: sent(session, hole).finally(() => session.close()) };
}

async function sent(session: SmpSession, hole: Hole): Promise<UploadResult> {
  const sending = upload(session, image, terms);
  for (;;) {
    const step = await sending.next();
    if (step.done) return step.value;
    if (step.value.offsetBytes > image.length / 2) hole.begin();
  }
}

describe('where no piece gets through though an echo does, an upload', () => {
  it.each([500, 1500, 3000, 4500])('goes on after %i ms', async (ms) => {
    const hole = new Hole(ms);
    const { time, run } = await uploading(hole);
    expect((await time.run(run)).match).toBe(true);
    expect(hole.lost).toBeGreaterThan(0);
    expect(hole.ageMs).toBeLessThan(ms + 4000);
  });

  it('gives up in the end, and has not filled the line till then', async () => {
    const hole = new Hole(Infinity);
    const { time, run } = await uploading(hole);
    const fault = await time.run(sessionFault(run));
    expect(fault.code).toBe('reply-timeout');
    expect(fault.facts['offsetBytes']).toBeGreaterThan(image.length / 2);
    expect(hole.ageMs).toBeGreaterThan(5000);
    expect(hole.ageMs).toBeLessThan(20_000);
    expect(hole.lost).toBeLessThan(60);
  });
});
