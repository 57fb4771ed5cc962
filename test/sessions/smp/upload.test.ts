import { createHash } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import type { SmpSession } from '../../../native-bridge/sessions/smp/smp-session.ts';
import {
  upload,
  type UploadOptions,
  type UploadProgress,
  type UploadResult,
} from '../../../native-bridge/sessions/smp/upload.ts';
import { ScriptedTerminal } from '../../support/scripted-terminal.ts';
import { sessionFault } from '../../support/session-faults.ts';
import { type Mishaps, UploadDevice } from '../../support/upload-device.ts';

const image = Uint8Array.from({ length: 20_000 }, (_, index) => (index * 7919) >> 3);
const options: UploadOptions = {
  imageNumber: 0,
  sha256: createHash('sha256').update(image).digest(),
  upgrade: false,
  eraseTimeoutMs: 10_000,
};
/** Losses are noticed soon, and yet not seen where a busy machine only pauses. */
const hasty = { patienceMs: 200 };
const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

interface Bench {
  readonly device: UploadDevice;
  readonly terminal: ScriptedTerminal;
  readonly session: SmpSession;
}

async function bench(mishaps: Mishaps = {}): Promise<Bench> {
  const device = new UploadDevice(mishaps);
  const terminal = await ScriptedTerminal.start(device.script);
  const session = await terminal.connect();
  open.push(session, terminal);
  return { device, terminal, session };
}

async function run(
  session: SmpSession,
  more: Partial<UploadOptions> = {},
  bytes: Uint8Array = image,
): Promise<{ result: UploadResult; progress: UploadProgress[] }> {
  const progress: UploadProgress[] = [];
  const sending = upload(session, bytes, { ...options, ...more });
  for (;;) {
    const step = await sending.next();
    if (step.done) return { result: step.value, progress };
    progress.push(step.value);
  }
}

describe('an upload', () => {
  it('to a device that claims more room than a packet can have goes in packets', async () => {
    const { device, session } = await bench({ bufferBytes: 1_000_000 });
    const large = Uint8Array.from({ length: 200_000 }, (_, index) => (index * 7919) >> 3);
    const sha256 = createHash('sha256').update(large).digest();
    const { result } = await run(session, { sha256 }, large);
    expect(result.sentBytes).toBe(large.length);
    expect(Buffer.compare(device.content.subarray(0, large.length), large)).toBe(0);
  });

  it('arrives whole, each byte sent once', async () => {
    const { device, session } = await bench();
    const { result, progress } = await run(session);
    expect(result).toEqual({
      sentBytes: image.length,
      resentBytes: 0,
      resumedAtBytes: 0,
      match: true,
    });
    expect(Buffer.compare(device.content, image)).toBe(0);
    expect(progress.at(-1)).toMatchObject({ offsetBytes: image.length, totalBytes: image.length });
  });

  it('never reports a step backwards where nothing is lost', async () => {
    const { session } = await bench();
    const { progress } = await run(session);
    const offsets = progress.map(({ offsetBytes }) => offsetBytes);
    expect(offsets).toEqual(offsets.toSorted((a, b) => a - b));
  });

  it('fills the buffer but never exceeds it, nor the number of buffers', async () => {
    const { device, session } = await bench({ bufferBytes: 384, bufferCount: 4 });
    await run(session);
    expect(device.largestPacketBytes).toBeLessThanOrEqual(380);
    expect(device.largestPacketBytes).toBeGreaterThan(350);
    expect(device.mostOutstanding).toBe(3);
  });

  it('begins with one request at a time and grows from there', async () => {
    const { session } = await bench({ bufferCount: 8 });
    const { progress } = await run(session);
    const windows = progress.map(({ window }) => window);
    expect([windows[0], Math.max(...windows)]).toEqual([1, 7]);
  });

  it('stays at one request at a time where the device has one buffer, or can not tell', async () => {
    for (const mishaps of [{ bufferCount: 1 }, { withoutParameters: true }]) {
      const { device, session } = await bench(mishaps);
      await run(session);
      expect(device.mostOutstanding).toBe(1);
    }
  });

  it('of an image that is there already is one request', async () => {
    const { device, session } = await bench();
    await run(session);
    const before = device.requests;
    const { result } = await run(session);
    expect(device.requests - before).toBe(1);
    expect(result).toMatchObject({ match: true, resumedAtBytes: image.length });
  });

  it('goes on where the device is, and sends nothing it has', async () => {
    const { device, session } = await bench();
    const abort = new AbortController();
    const cut = upload(session, image, { ...options, signal: abort.signal });
    const cancelled = sessionFault(
      (async () => {
        for await (const { offsetBytes } of cut) if (offsetBytes > 8000) abort.abort();
      })(),
    );
    expect((await cancelled).code).toBe('cancelled');
    const { hasBytes } = device;
    const { result } = await run(session);
    expect(result.resumedAtBytes).toBeGreaterThanOrEqual(hasBytes);
    // The request at offset 0 asks where the device is, and carries the first bytes.
    expect(device.twiceBytes).toBeLessThan(512);
    expect(Buffer.compare(device.content, image)).toBe(0);
  });

  it('waits for a slow erase, and asks for nothing twice', async () => {
    const { device, session } = await bench({ eraseMs: 600 });
    const { result } = await run(session, hasty);
    expect(result).toMatchObject({ match: true, resentBytes: 0 });
    expect(device.twiceBytes).toBe(0);
  });

  it('whose first request is lost does not wait for an erase that never began', async () => {
    const { session } = await bench({
      fate: (index) => (index === 0 ? 'request lost' : 'arrives'),
    });
    const startMs = performance.now();
    const { result } = await run(session, { ...hasty, eraseTimeoutMs: 60_000 });
    expect(result.match).toBe(true);
    expect(performance.now() - startMs).toBeLessThan(5000);
  });

  it('finds the size that fits where the device drops larger ones without a word', async () => {
    const { device, session } = await bench({ withoutParameters: true, dropsAboveBytes: 200 });
    const { result } = await run(
      session,
      { ...hasty, eraseTimeoutMs: 60_000 },
      image.subarray(0, 2000),
    );
    expect(result.match).toBe(false);
    expect(device.hasBytes).toBe(2000);
  });

  it('survives lost requests and rewinds once for each', async () => {
    const { device, session } = await bench({
      fate: (index) => (index % 13 === 6 ? 'request lost' : 'arrives'),
    });
    const { result } = await run(session, hasty);
    expect(result.match).toBe(true);
    expect(device.twiceBytes).toBe(0);
    expect(result.resentBytes).toBeGreaterThan(0);
  });

  it('makes up for lost replies with the next one, and sends nothing again', async () => {
    const { device, session } = await bench({
      fate: (index) => (index % 13 === 6 ? 'reply lost' : 'arrives'),
    });
    const { result } = await run(session, hasty);
    expect(result).toMatchObject({ match: true, resentBytes: 0 });
    expect(device.twiceBytes).toBe(0);
  });

  it('halves its window at a loss', async () => {
    const { session } = await bench({
      bufferCount: 9,
      fate: (index) => (index === 30 ? 'request lost' : 'arrives'),
    });
    const { progress } = await run(session, hasty);
    const windows = progress.map(({ window }) => window);
    expect(windows).toContain(8);
    expect(windows.slice(windows.indexOf(8))).toContain(4);
  });

  it('whose last reply is lost is known to be there by its hash', async () => {
    let lost = 0;
    const { device, session } = await bench({
      fate: () => {
        const isLast = device.hasBytes > image.length - 450;
        return isLast && lost++ === 0 ? 'reply lost' : 'arrives';
      },
    });
    const imageHash = createHash('sha256').update('image').digest();
    const { result } = await run(session, { ...hasty, imageHash });
    expect(lost).toBe(2);
    // Only the last piece was asked for again.
    expect(result.resentBytes).toBeLessThan(450);
    expect(device.hasBytes).toBe(image.length);
  });

  it('begins anew when the device restarts in the middle', async () => {
    const { device, session } = await bench({
      before: (index) => {
        if (index === 20) device.forget();
      },
    });
    const { result } = await run(session);
    expect(result.match).toBe(true);
    expect(Buffer.compare(device.content, image)).toBe(0);
  });

  it('sends on what a boot loader leaves over of each piece', async () => {
    const { device, session } = await bench({ alignBytes: 64, bufferCount: 1 });
    const { result } = await run(session);
    expect(result.match).toBe(true);
    expect(device.twiceBytes).toBe(0);
  });

  it('stalls where the device takes nothing', async () => {
    const { session } = await bench({ stuck: true });
    const fault = await sessionFault(run(session));
    expect(fault).toMatchObject({ code: 'upload-stalled', facts: { offsetBytes: 0 } });
  });

  it('is refused with what the device said', async () => {
    const { session } = await bench({ refuse: () => ({ err: { group: 1, rc: 30 } }) });
    expect(await sessionFault(run(session))).toMatchObject({
      code: 'upload-refused',
      facts: { offsetBytes: 0, group: 1, rc: 30, meaning: 'image/image-too-large' },
    });
  });

  it('goes on more slowly where the device has no memory for it', async () => {
    const { session } = await bench({ refuse: (index) => (index === 10 ? { rc: 2 } : null) });
    expect((await run(session)).result.match).toBe(true);
  });

  it('ends when the device falls silent, and says where', async () => {
    const { session } = await bench({
      fate: (index) => (index > 10 ? 'request lost' : 'arrives'),
    });
    const fault = await sessionFault(run(session, hasty));
    expect(fault).toMatchObject({ code: 'reply-timeout' });
    expect(fault.facts['offsetBytes']).toBeGreaterThan(3000);
  });

  it('ends at once with the port', async () => {
    const { session } = await bench({
      before: (index, terminal) => {
        if (index === 10) terminal.hangUp();
      },
    });
    expect((await sessionFault(run(session))).code).toBe('port-vanished');
  });

  it('is cancelled before, and while the device erases', async () => {
    const { session } = await bench({ eraseMs: 500 });
    const before = run(session, { signal: AbortSignal.abort() });
    expect((await sessionFault(before)).code).toBe('cancelled');
    const abort = new AbortController();
    const erasing = sessionFault(run(session, { signal: abort.signal }));
    setTimeout(() => abort.abort(), 100);
    expect((await erasing).code).toBe('cancelled');
  });

  it('stops when nobody takes its progress any more', async () => {
    const { device, session } = await bench();
    for await (const { offsetBytes } of upload(session, image, options)) {
      if (offsetBytes > 5000) break;
    }
    const { requests } = device;
    await session.parameters({ timeoutMs: 1000 });
    expect(device.requests - requests).toBeLessThanOrEqual(3);
    expect(device.hasBytes).toBeLessThan(image.length);
  });

  it('does not wait for whoever takes its progress', async () => {
    const { device, session } = await bench();
    const sending = upload(session, image, options);
    await sending.next();
    await expect.poll(() => device.hasBytes).toBe(image.length);
    await sending.return({} as UploadResult);
  });
});
