/** The session against the simulated code box, a process of its own, over a socket and a pty. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { openPort } from '../../../native-bridge/ports/open-port.ts';
import { imageStateRead } from '../../../native-bridge/protocols/smp/image/index.ts';
import { echo, osInfo } from '../../../native-bridge/protocols/smp/os/index.ts';
import { downloadFile, uploadFile } from '../../../native-bridge/sessions/smp/files.ts';
import { measureRoundTrip } from '../../../native-bridge/sessions/smp/round-trip.ts';
import { SmpSession } from '../../../native-bridge/sessions/smp/smp-session.ts';
import {
  upload,
  type UploadOptions,
  type UploadResult,
} from '../../../native-bridge/sessions/smp/upload.ts';
import { Codebox } from '../../support/codebox.ts';
import { sessionFault } from '../../support/session-faults.ts';

const wait = { timeoutMs: 5000 };
const firmware = new URL('../../fixtures/firmware/ecdsa-p256-1.1.0+7.bin', import.meta.url);
const image = readFileSync(firmware);
const options: UploadOptions = {
  imageNumber: 0,
  sha256: createHash('sha256').update(image).digest(),
  upgrade: false,
  eraseTimeoutMs: 20_000,
};
const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});

async function connected(...args: string[]): Promise<{ box: Codebox; session: SmpSession }> {
  const box = await Codebox.start('--erase-ms', '0', ...args);
  open.push(box);
  const session = SmpSession.open(await openPort(box.url, wait));
  open.push(session);
  return { box, session };
}

type Sending = ReturnType<typeof upload>;

async function finish(sending: Sending): Promise<UploadResult> {
  for (;;) {
    const step = await sending.next();
    if (step.done) return step.value;
  }
}

const send = (session: SmpSession): Promise<UploadResult> =>
  finish(upload(session, image, options));

const fast = ['--baud', '921600'];

describe.each([
  ['a socket', []],
  ['a pseudo terminal', ['--pty']],
])('over %s', (_where, place) => {
  it('a code box is recognised, its line measured, its image replaced', async () => {
    const { session } = await connected(...place, ...fast);
    const { output } = await session.request(osInfo, { format: 'a' }, wait);
    expect(output).toContain('posbench_codebox');
    const { medianMs, bytesPerSecond } = await measureRoundTrip(session);
    expect(medianMs).toBeGreaterThan(4);
    expect(bytesPerSecond).toBeGreaterThan(20_000);
    expect(await send(session)).toMatchObject({ match: true, resentBytes: 0 });
    const { slots } = await session.request(imageStateRead, undefined, wait);
    expect(slots).toMatchObject([{ slot: 0, active: true }, { slot: 1 }]);
    expect(session.statistics()).toMatchObject({ badFrames: 0, lost: 0, double: 0, foreign: 0 });
  });

  it('a pulled cable ends an upload at once, and it goes on where it was', async () => {
    const { box, session } = await connected(...place, ...fast);
    const sending = upload(session, image, options);
    for (let offsetBytes = 0; offsetBytes < image.length / 3;) {
      const step = await sending.next();
      if (!step.done) ({ offsetBytes } = step.value);
    }
    await box.tell({ pull: true });
    expect((await sessionFault(finish(sending))).code).toBe('port-vanished');
    const { url } = await box.tell({ plug: true });
    const again = SmpSession.open(await openPort(url as string, wait));
    open.push(again);
    const { resumedAtBytes, match } = await send(again);
    expect([resumedAtBytes > image.length / 3, match]).toEqual([true, true]);
  });
});

describe('on a bad line', () => {
  it.each([
    ['split-bytes'],
    ['log-noise'],
    ['lost-bytes'],
    ['doubled-bytes'],
    ['corrupted-bytes'],
    ['drops-fragments'],
  ])(
    'an image arrives whole: %s',
    async (fault) => {
      const { box, session } = await connected(...fast, '--faults', fault);
      const { match } = await send(session);
      expect(match).toBe(true);
      const { uploads } = (await box.tell({ stats: true })) as unknown as {
        uploads: { sentTwiceBytes: number }[];
      };
      // At most what the first request, which asks where the device is, and the last carry.
      expect(uploads[0]?.sentTwiceBytes).toBeLessThan(2000);
    },
    60_000,
  );

  it('an image arrives after a slow erase', async () => {
    const { session } = await connected(...fast, '--faults', 'slow-erase');
    expect(await send(session)).toMatchObject({ match: true, resentBytes: 0 });
  });

  it('an image arrives although the terminal restarts in the middle', async () => {
    const { session } = await connected(...fast, '--faults', 'reset-mid-upload');
    expect((await send(session)).match).toBe(true);
  });

  it('an upload that the terminal never takes stalls', async () => {
    const { session } = await connected(...fast, '--faults', 'wrong-offset-storm');
    expect((await sessionFault(send(session))).code).toBe('upload-stalled');
  });

  it('a port that echoes is recognised', async () => {
    const { session } = await connected('--faults', 'echoing-port');
    const fault = await sessionFault(session.request(echo, { text: 'x' }, { timeoutMs: 600 }));
    expect(fault.code).toBe('port-echoes');
  });

  it('a silent port ends in its deadline', async () => {
    const { session } = await connected('--faults', 'silent');
    const fault = await sessionFault(session.request(echo, { text: 'x' }, { timeoutMs: 300 }));
    expect(fault.code).toBe('reply-timeout');
  });
});

describe('files', () => {
  it('go to a code box and come back', async () => {
    const { session } = await connected('--baud', '0');
    const content = image.subarray(0, 5000);
    const parameters = await session.parameters(wait);
    const terms = { ...wait, parameters };
    for await (const _ of uploadFile(session, '/lfs1/new.bin', content, terms)) continue;
    const taking = downloadFile(session, '/lfs1/new.bin', terms);
    let step = await taking.next();
    while (!step.done) step = await taking.next();
    expect(Buffer.compare(step.value, content)).toBe(0);
  });
});
