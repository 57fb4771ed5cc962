/** A terminal whose flash was cut off in its restart, and that comes back on another port. */
import { readFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { BridgeFault } from '../../native-bridge/contract/bridge-fault.ts';
import type { Terminal } from '../../native-bridge/contract/terminal.ts';
import { trainingFirmware } from '../../native-bridge/operations/entry-points.ts';
import type { Options } from '../../native-bridge/simulators/codebox/options.ts';
import {
  VirtualBench,
  type PluggedBox,
  type Program,
  type UsbPort,
} from '../support/virtual-bench.ts';

const application: UsbPort = {
  path: '/dev/ttyACM0',
  vendorId: '1209',
  productId: '0001',
  manufacturer: 'POS Bench',
  serialNumber: 'CB2025030017',
};
const nameless: UsbPort = { ...application, serialNumber: null };
const moved = (usb: UsbPort): UsbPort => ({ ...usb, path: '/dev/ttyACM7' });
const movedUrl = 'serial:///dev/ttyACM7';
const strangerNumber = 'CB2025039999';

let bench: VirtualBench;
let old: Uint8Array;

beforeEach(async () => {
  old = await readFile(trainingFirmware('codebox-1.9.9-older.bin'));
  bench = new VirtualBench();
});
afterEach(() => bench.end());

const later = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Begins a flash and is killed once the terminal was told to restart. */
async function killedInTheRestart(
  usb: UsbPort,
  options: Partial<Options> = {},
  allow: string[] = [],
): Promise<PluggedBox> {
  const box = await bench.box(
    'box',
    { firmware: old, slotSize: 0x80000, swapMs: 9_000, ...options },
    usb,
  );
  const killed = await bench.start();
  const { bridge } = killed;
  const { id: terminalId } = await bridge.request('connect', { portUrl: box.url });
  const { fileId } = await bridge.registerFile(trainingFirmware('codebox-2.0.0.bin'));
  const { image } = await bridge.request('planFlash', { terminalId, fileId });
  const asked = { terminalId, fileId, allow, acceptedSha256: image.fileSha256 };
  let steps = 0;
  await new Promise<void>((resolve) => {
    const onProgress = ({ phase }: { phase: string }) => {
      if (phase === 'restart' && ++steps === 2) resolve();
    };
    void bridge.request('flash', asked, { onProgress });
  });
  await killed.kill();
  return box;
}

function stranger(usb: UsbPort, options: Partial<Options> = {}): Promise<PluggedBox> {
  const other = { firmware: old, slotSize: 0x80000, serialNumber: strangerNumber, ...options };
  return bench.box('stranger', other, usb);
}

type Connected = Terminal | { readonly code: string };

async function connect({ bridge }: Program, portUrl: string): Promise<Connected> {
  try {
    return await bridge.request('connect', { portUrl });
  } catch (error) {
    return { code: (error as BridgeFault).fault.code };
  }
}

describe('a restarting terminal', () => {
  it.each([
    ['under another name', application, moved(application)],
    ['as another USB product', application, { ...moved(application), productId: '0002' }],
    ['under another name, by the number it says itself', nameless, moved(nameless)],
  ])('is found %s while connecting waits for it', async (_how, before, again) => {
    const { terminal, first } = await bench.time.run(
      (async () => {
        const box = await killedInTheRestart(before);
        await bench.replug(box, again);
        const program = await bench.start();
        const connected = await connect(program, box.url);
        // The port that it left is nobody's: another one can be connected there.
        await stranger(nameless);
        return { terminal: connected, first: await connect(program, box.url) };
      })(),
    );
    expect(terminal).toMatchObject({
      portUrl: movedUrl,
      identity: { serialNumber: 'CB2025030017', basis: 'serial-number' },
      settledFlash: { verdict: 'done-late', confirmed: true },
    });
    expect(first).toMatchObject({ identity: { serialNumber: strangerNumber } });
  });

  it('is found as soon as it comes, though the other port appears late', async () => {
    const terminal = await bench.time.run(
      (async () => {
        const box = await killedInTheRestart(application);
        await box.simulator.pull();
        const asked = connect(await bench.start(), box.url);
        await later(20_000);
        await bench.replug(box, moved(application));
        return await asked;
      })(),
    );
    expect(terminal).toMatchObject({ portUrl: movedUrl, settledFlash: { verdict: 'done-late' } });
  });

  it('is not another one of its model that came meanwhile', async () => {
    const { terminal, sent, asked } = await bench.time.run(
      (async () => {
        const box = await killedInTheRestart(nameless);
        await box.simulator.pull();
        const other = await stranger(moved(nameless));
        let requests = 0;
        bench.tap(other.url, () => {
          requests += 1;
          return false;
        });
        const connecting = connect(await bench.start(), box.url);
        await later(30_000);
        await box.simulator.plug();
        const connected = await connecting;
        return { terminal: connected, sent: other.simulator.stats().uploads, asked: requests };
      })(),
    );
    expect(terminal).toMatchObject({
      portUrl: 'serial:///dev/ttyACM0',
      identity: { serialNumber: 'CB2025030017' },
      settledFlash: { verdict: 'done-late' },
    });
    expect(sent).toEqual([]);
    // Once it has said who it is, it is left alone.
    expect(asked).toBeLessThan(12);
  });

  it('is not looked for on ports that were there before', async () => {
    const { ended, requests } = await bench.time.run(
      (async () => {
        const other = await stranger(moved(nameless));
        const box = await killedInTheRestart(nameless);
        await box.simulator.pull();
        let asked = 0;
        bench.tap(other.url, () => {
          asked += 1;
          return false;
        });
        return { ended: await connect(await bench.start(), box.url), requests: asked };
      })(),
    );
    expect(ended).toEqual({ code: 'port-missing' });
    expect(requests).toBe(0);
  });

  it('is not looked for on a port that another program or connection has', async () => {
    const { ended, log, still } = await bench.time.run(
      (async () => {
        const box = await killedInTheRestart(nameless);
        await box.simulator.pull();
        const window = await bench.start();
        const other = await stranger(moved(nameless));
        const shown = await connect(window, other.url);
        const here = await bench.box(
          'here',
          { serialNumber: 'CB2025031111' },
          {
            ...nameless,
            path: '/dev/ttyACM8',
          },
        );
        const program = await bench.start();
        await connect(program, here.url);
        const fault = await connect(program, box.url);
        const { id } = shown as Terminal;
        const read = await window.bridge.request('readSettings', { terminalId: id });
        return { ended: fault, log: program.log, still: read.rows.length };
      })(),
    );
    expect(ended).toEqual({ code: 'port-missing' });
    expect(log.filter((line) => line.includes('not on serial://'))).toEqual([]);
    expect(still).toBeGreaterThan(0);
  });

  it.each([
    ['found by its USB device’s number', application, 'done-late'],
    ['no longer looked for by its model alone', nameless, undefined],
  ])('is, an hour after it was waited for, %s', async (_how, usb, verdict) => {
    const terminal = await bench.time.run(
      (async () => {
        const box = await killedInTheRestart(usb);
        await bench.replug(box, moved(usb));
        await later(3_600_000);
        return await connect(await bench.start(), box.url);
      })(),
    );
    expect('settledFlash' in terminal ? terminal.settledFlash?.verdict : undefined).toBe(verdict);
  });

  it('is waited for again once a port that somebody has is free', async () => {
    const terminal = await bench.time.run(
      (async () => {
        const box = await killedInTheRestart(application);
        const { url } = await bench.replug(box, moved(application));
        bench.occupy(url, true);
        const asked = connect(await bench.start(), box.url);
        await later(15_000);
        bench.occupy(url, false);
        return await asked;
      })(),
    );
    expect(terminal).toMatchObject({ portUrl: movedUrl, settledFlash: { verdict: 'done-late' } });
  });

  it('leaves no other port held where connecting is cancelled', async () => {
    const { ended, after } = await bench.time.run(
      (async () => {
        const box = await killedInTheRestart(application, { swapMs: 40_000 });
        const { url } = await bench.replug(box, moved(application));
        const program = await bench.start();
        const stop = new AbortController();
        setTimeout(() => stop.abort(), 8_300);
        const { bridge } = program;
        const asked = bridge.request('connect', { portUrl: box.url }, { signal: stop.signal });
        const fault = await asked.catch((error: unknown) => (error as BridgeFault).fault.code);
        await later(40_000);
        return { ended: fault, after: await connect(program, url) };
      })(),
    );
    expect(ended).toBe('cancelled');
    expect(after).toMatchObject({ portUrl: movedUrl, settledFlash: { verdict: 'done-late' } });
  });
});

describe('a boot loader on another port', () => {
  const overwritten = { bootloaderMode: 'overwrite-only' } as const;

  /** It never comes to its application. */
  async function staysInBootLoader(usb: UsbPort): Promise<PluggedBox> {
    const box = await killedInTheRestart(usb, overwritten, ['no-way-back']);
    box.simulator.setFault('boot-pin-held', true);
    box.simulator.reset();
    return box;
  }

  it('is the terminal’s where its USB device has the same number', async () => {
    const terminal = await bench.time.run(
      (async () => {
        const box = await staysInBootLoader(application);
        await bench.replug(box, { ...moved(application), productId: '0002' });
        return await connect(await bench.start(), box.url);
      })(),
    );
    expect(terminal).toMatchObject({
      portUrl: movedUrl,
      bootLoader: true,
      identity: { serialNumber: 'CB2025030017', basis: 'assumed' },
      settledFlash: { verdict: 'needs-firmware' },
    });
  });

  it('is nobody’s where only its model and its images speak for it', async () => {
    const ended = await bench.time.run(
      (async () => {
        const box = await killedInTheRestart(nameless, overwritten, ['no-way-back']);
        await box.simulator.pull();
        const firmware = await readFile(trainingFirmware('codebox-2.0.0.bin'));
        const other = await stranger(moved(nameless), { ...overwritten, firmware });
        other.simulator.setFault('boot-pin-held', true);
        other.simulator.reset();
        return await connect(await bench.start(), box.url);
      })(),
    );
    expect(ended).toEqual({ code: 'port-missing' });
  });
});
