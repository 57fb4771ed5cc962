import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Piece, UploadCourse } from '../../../native-bridge/sessions/smp/upload-course.ts';

const pieceBytes = 10;
const totalBytes = 95;

/** A device as Zephyr's: takes what comes at its offset, and says which offset it wants. */
class Device {
  hasBytes = 0;
  /** Bytes that came although it had them. */
  twiceBytes = 0;

  take({ offsetBytes, endBytes }: Piece): number {
    const isFirst = offsetBytes === 0;
    // The same hash at offset 0 resumes.
    if (!isFirst || this.hasBytes > 0) {
      const known = Math.min(endBytes, this.hasBytes) - offsetBytes;
      this.twiceBytes += Math.max(0, known);
    }
    if (offsetBytes === this.hasBytes) this.hasBytes = endBytes;
    return this.hasBytes;
  }
}

type Fate = 'arrives' | 'request lost' | 'reply lost';

/** Plays an upload over a line that treats each request as told, and well after that. */
function play(fates: readonly Fate[], window: number): { device: Device; course: UploadCourse } {
  const device = new Device();
  const course = new UploadCourse(totalBytes);
  const waiting: { piece: Piece; wanted: number | null }[] = [];
  let sent = 0;
  for (let step = 0; !course.isDone; step++) {
    if (step > 2000) throw new Error('never done');
    while (waiting.length < (course.ackedBytes === 0 ? 1 : window)) {
      if (course.nextBytes === totalBytes) break;
      const piece = course.sent(Math.min(pieceBytes, totalBytes - course.nextBytes));
      const fate = fates[sent++] ?? 'arrives';
      const wanted = fate === 'request lost' ? null : device.take(piece);
      waiting.push({ piece, wanted: fate === 'arrives' ? wanted : null });
    }
    // Replies come in order; a silence is noticed when nothing else comes any more.
    const answered = waiting.findIndex(({ wanted }) => wanted !== null);
    const [next] = waiting.splice(Math.max(0, answered), 1);
    if (!next) throw new Error('nothing to wait for');
    if (next.wanted === null) course.silent(next.piece);
    else course.replied(next.piece, next.wanted);
  }
  return { device, course };
}

/** No more in a row than the course puts up with. */
const fatesOf = (...losses: Fate[]): fc.Arbitrary<Fate[]> =>
  fc
    .array(fc.constantFrom<Fate[]>('arrives', 'arrives', ...losses), { maxLength: 60 })
    .map((fates) => fates.map((fate, index) => (index % 3 === 0 ? 'arrives' : fate)));

describe('the course of an upload', () => {
  it('sends everything once where nothing is lost', () => {
    const { device, course } = play([], 3);
    expect(device).toMatchObject({ hasBytes: totalBytes, twiceBytes: 0 });
    expect([course.sentBytes, course.resentBytes]).toEqual([totalBytes, 0]);
  });

  it('arrives whatever is lost', () => {
    const window = fc.integer({ min: 1, max: 5 });
    fc.assert(
      fc.property(fatesOf('request lost', 'reply lost'), window, (fates, window) => {
        expect(play(fates, window).device.hasBytes).toBe(totalBytes);
      }),
    );
  });

  it('sends nothing again that the device has, when replies are lost', () => {
    const window = fc.integer({ min: 1, max: 5 });
    fc.assert(
      fc.property(fatesOf('reply lost'), window, (fates, window) => {
        // Not the last piece's: there is no next one to ask with.
        const { device } = play(fates.slice(0, 8), window);
        expect(device.twiceBytes).toBe(0);
      }),
    );
  });

  it('rewinds once for one loss, however many replies tell of it', () => {
    const { course } = play(['arrives', 'arrives', 'request lost'], 4);
    // The lost one and the three sent after it.
    expect(course.resentBytes).toBe(4 * pieceBytes);
  });

  it('goes on where the device already is', () => {
    const course = new UploadCourse(totalBytes);
    expect(course.replied(course.sent(pieceBytes), 60)).toBe('forward');
    expect(course.nextBytes).toBe(60);
  });

  it('is done at once when the device has it all', () => {
    const course = new UploadCourse(totalBytes);
    course.replied(course.sent(pieceBytes), totalBytes);
    expect(course.isDone).toBe(true);
  });

  it('sends on what a boot loader did not take of a piece, without calling it a loss', () => {
    const course = new UploadCourse(totalBytes);
    course.replied(course.sent(pieceBytes), pieceBytes);
    expect(course.replied(course.sent(pieceBytes), 18)).toBe('forward');
    expect([course.nextBytes, course.ackedBytes]).toEqual([18, 18]);
  });

  it('begins anew when the device has forgotten, but not for ever', () => {
    const course = new UploadCourse(totalBytes);
    for (const turn of ['restarted', 'restarted']) {
      course.replied(course.sent(pieceBytes), pieceBytes);
      expect(course.replied(course.sent(pieceBytes), 0)).toBe(turn);
      expect(course.nextBytes).toBe(0);
    }
    course.replied(course.sent(pieceBytes), pieceBytes);
    const third = course.sent(pieceBytes);
    expect(() => course.replied(third, 0)).toThrow(
      expect.objectContaining({ code: 'upload-stalled', facts: { offsetBytes: pieceBytes } }),
    );
  });

  it('stalls where the device takes nothing', () => {
    const course = new UploadCourse(totalBytes);
    const again = (): unknown => course.replied(course.sent(pieceBytes), 0);
    for (let turn = 0; turn < 5; turn++) expect(again()).toBe('lost');
    expect(again).toThrow(expect.objectContaining({ code: 'upload-stalled' }));
  });

  it('refuses an offset beyond the image', () => {
    const course = new UploadCourse(totalBytes);
    expect(() => course.replied(course.sent(pieceBytes), totalBytes + 1)).toThrow(
      expect.objectContaining({ code: 'reply-malformed' }),
    );
  });
});
