/**
 * A disk that fills in the middle of a correction or a flash: what is said is what the terminal
 * really holds, and with room again the program goes on.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createBridge, type Bridge } from '../../native-bridge/bridge.ts';
import { BridgeFault } from '../../native-bridge/contract/bridge-fault.ts';
import { trainingFirmware } from '../../native-bridge/operations/entry-points.ts';
import { VirtualBench } from '../support/virtual-bench.ts';
import { temporaryFolder } from './support.ts';

// Mounted disks, simulated terminals in processes of their own.
vi.setConfig({ testTimeout: 300_000 });

const older = readFileSync(trainingFirmware('codebox-1.9.9-older.bin'));
const hourMs = 3_600_000;

const canMount = process.getuid?.() === 0 && process.platform === 'linux';
if (!canMount) console.log('not run: a full disk (needs root on Linux to mount a small one)');

function smallDisk(kibibytes: number): string {
  const folder = join(temporaryFolder(), 'disk');
  mkdirSync(folder);
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${kibibytes}k`, 'tmpfs', folder]);
  onTestFinished(() => void execFileSync('umount', ['-l', folder]));
  return folder;
}

/** Leaves so much room, until it is taken away again. */
function fillBut(folder: string, freeKibibytes: number): () => void {
  const { bavail, bsize } = statfsSync(folder);
  const ballast = join(folder, 'ballast');
  writeFileSync(ballast, Buffer.alloc(Math.max(0, bavail * bsize - freeKibibytes * 1024), 1));
  return () => rmSync(ballast);
}

async function benchOn(folder: string): Promise<{ bridge: Bridge; portUrl: string }> {
  const bridge = await createBridge({
    dataFolder: folder,
    program: 'cli',
    logFile: join(temporaryFolder(), 'log'),
  });
  onTestFinished(() => bridge.close());
  return { bridge, ...(await bridge.request('startTraining', { baud: 0 })) };
}

async function tried<T>(work: Promise<T>): Promise<T | string> {
  return await work.catch((error: unknown) => {
    if (error instanceof BridgeFault) return error.fault.code;
    throw error;
  });
}

describe.runIf(canMount)('a disk that fills', () => {
  it('in a correction: told at once, or settled truly at the next connection', async () => {
    const folder = smallDisk(2048);
    const { bridge, portUrl } = await benchOn(folder);
    const key = 'payment.terminalNumber';
    const outcomes = new Set<string>();
    for (const [index, free] of [0, 8, 16, 24, 32, 40, 48, 64, 96, 160].entries()) {
      const { id: terminalId } = await bridge.request('connect', { portUrl });
      const current = async () => {
        const { rows } = await bridge.request('readSettings', { terminalId });
        return rows.find((row) => row.key === key)?.current;
      };
      const before = await current();
      const value = String(20_000_000 + index);
      const giveBack = fillBut(folder, free);
      const changes = [{ key, value }];
      const said = await tried(bridge.request('applySettings', { terminalId, changes }));
      giveBack();
      await bridge.request('disconnect', { terminalId });
      const { unfinished } = await bridge.request('connect', { portUrl });
      const now = await current();
      if (typeof said !== 'string') {
        outcomes.add(said.outcome);
        expect(now).toBe(said.outcome === 'applied' ? value : before);
        expect(unfinished).toBeUndefined();
      } else {
        expect(said).toBe('disk-full');
        outcomes.add(unfinished ? 'settled later' : said);
        expect(unfinished?.state ?? 'settled').toBe('settled');
        const isThere = unfinished?.correction?.outcome === 'applied';
        expect(now).toBe(isThere ? value : before);
      }
    }
    console.log(`corrections on a filling disk: ${[...outcomes].join(', ')}`);
    expect(outcomes).toContain('disk-full');
    expect(outcomes).toContain('applied');
  });

  it('in a flash: the verdict is what the terminal runs; with room it goes on', async () => {
    const outcomes = new Map<string, number>();
    for (let free = 0; free <= 480; free += 20) {
      const said = await flashWith(free);
      outcomes.set(said, (outcomes.get(said) ?? 0) + 1);
    }
    const counts = [...outcomes].map(([said, times]) => `${times} ${said}`);
    console.log(`flashes on a filling disk: ${counts.join(', ')}`);
    // Before anything was sent, on the way, and with room enough.
    const each = ['disk-full', 'nothing-changed', 'done'];
    expect([...outcomes.keys()]).toEqual(expect.arrayContaining(each));
  });
});

/** With so many KiB left; how the first of two flashes ended. */
async function flashWith(free: number): Promise<string> {
  const folder = smallDisk(2048);
  const bench = new VirtualBench(folder);
  try {
    const { url: portUrl } = await bench.box('a', { slotSize: 0x80000, firmware: older });
    const { bridge } = await bench.start();
    return await bench.time.run(flashTwice(bridge, { portUrl, folder, free }), hourMs);
  } finally {
    await bench.end();
  }
}

interface Disk {
  readonly portUrl: string;
  readonly folder: string;
  readonly free: number;
}

async function flashTwice(bridge: Bridge, { portUrl, folder, free }: Disk): Promise<string> {
  const { id: terminalId } = await bridge.request('connect', { portUrl });
  const { fileId } = await bridge.registerFile(trainingFirmware('codebox-2.0.0.bin'));
  const asked = { terminalId, fileId };
  const { image } = await bridge.request('planFlash', asked);
  const acceptedSha256 = image.fileSha256;
  const giveBack = fillBut(folder, free);
  const said = await tried(bridge.request('flash', { ...asked, acceptedSha256 }));
  giveBack();
  const left = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  expect(left.filter((name) => /images.[^/]*$/.test(name) && !name.endsWith('.bin'))).toEqual([]);
  await bridge.request('disconnect', { terminalId });
  const again = await bridge.request('connect', { portUrl });
  const runs = again.identity.firmwareVersion;
  if (typeof said === 'string') {
    expect([said, runs]).toEqual(['disk-full', '1.9.9']);
  } else if (said.verdict === 'done' || said.verdict === 'not-trading') {
    expect(runs).toBe('2.0.0');
  } else {
    expect(said.fault?.code).toBe('disk-full');
    expect([said.verdict, runs]).toEqual(['nothing-changed', '1.9.9']);
  }
  if (runs !== '2.0.0') {
    const more = await bridge.request('flash', { ...asked, acceptedSha256 });
    expect(more).toMatchObject({ verdict: 'done', runningVersion: '2.0.0' });
  }
  return typeof said === 'string' ? said : said.verdict;
}
