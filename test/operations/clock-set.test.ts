/** The computer's clock is set while the program runs: visits and waits go on as if it had not been. */
import { readFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Terminal } from '../../native-bridge/contract/terminal.ts';
import { ageMs } from '../../native-bridge/operations/age.ts';
import { trainingFirmware } from '../../native-bridge/operations/entry-points.ts';
import { advanceEntry, beginEntry } from '../../native-bridge/operations/journal-entry.ts';
import { openRecordsHere } from '../support/records-here.ts';
import { VirtualBench, type Program } from '../support/virtual-bench.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const clockChanges: readonly [string, number][] = [
  ['forward by a day', dayMs],
  ['back by an hour', -hourMs],
  ['back by a day', -dayMs],
];

let bench: VirtualBench;
beforeEach(() => (bench = new VirtualBench()));
afterEach(() => bench.end());

/** The case that a diagnosis of the terminal is written to. */
async function diagnosed({ bridge }: Program, terminalId: string): Promise<string> {
  const asked = bridge.request('diagnose', { terminalId, symptom: 'S2', answers: {} });
  return (await bench.time.run(asked)).caseId;
}

async function connected(program: Program): Promise<string> {
  const box = await bench.box('box');
  return (await bench.time.run(program.bridge.request('connect', { portUrl: box.url }))).id;
}

describe('a visit', () => {
  it.each(clockChanges)('stays one where the clock is set %s', async (_, byMs) => {
    const program = await bench.time.run(bench.start());
    const terminalId = await connected(program);
    const caseId = await diagnosed(program, terminalId);
    bench.time.setClock(byMs);
    expect(await diagnosed(program, terminalId)).toBe(caseId);
  });

  it('ends after half a day, also where the clock was set back by as much', async () => {
    const program = await bench.time.run(bench.start());
    const terminalId = await connected(program);
    const caseId = await diagnosed(program, terminalId);
    bench.time.setClock(-13 * hourMs);
    bench.time.sleep(13 * hourMs);
    expect(await diagnosed(program, terminalId)).not.toBe(caseId);
  });
});

describe('a flash', () => {
  it.each(clockChanges)(
    'comes through where the clock is set %s in its restart',
    async (_, byMs) => {
      const old = await readFile(trainingFirmware('codebox-1.9.9-older.bin'));
      const box = await bench.box('box', { firmware: old, slotSize: 0x80000, swapMs: 9_000 });
      const { bridge } = await bench.time.run(bench.start());
      const { id: terminalId } = await bench.time.run(
        bridge.request('connect', { portUrl: box.url }),
      );
      const { fileId } = await bridge.registerFile(trainingFirmware('codebox-2.0.0.bin'));
      const { image } = await bench.time.run(bridge.request('planFlash', { terminalId, fileId }));
      const asked = { terminalId, fileId, allow: [], acceptedSha256: image.fileSha256 };
      let isSet = false;
      const onProgress = ({ phase }: { phase: string }) => {
        if (phase === 'restart' && !isSet) bench.time.setClock(byMs);
        isSet ||= phase === 'restart';
      };
      const startMs = bench.time.nowMs;
      const result = await bench.time.run(bridge.request('flash', asked, { onProgress }));
      expect([isSet, result.verdict]).toEqual([true, 'done']);
      // No deadline was met early or late.
      expect(bench.time.nowMs - startMs).toBeLessThan(5 * 60_000);
    },
  );
});

describe('the journal', () => {
  it.each(clockChanges)('keeps an entry’s ages where the clock is set %s', async (_, byMs) => {
    const context = openRecordsHere(bench.dataFolder, 'cli');
    const flash = { request: 'flash', terminalId: 't1', caseId: null, phase: 'upload' };
    const id = await beginEntry(context, flash);
    bench.time.sleep(5_000);
    await advanceEntry(context, id, 'restart');
    bench.time.setClock(byMs);
    bench.time.sleep(2_000);
    const [entry] = await context.records.journalOf('t1');
    const ages = [entry?.startedUtc, entry?.updatedUtc].map((utc) => ageMs(context, utc ?? ''));
    expect(ages.map((age) => Math.round(age / 1_000))).toEqual([7, 2]);
    await context.kill();
  });

  it('of a program that was killed counts on from when it was first looked at', async () => {
    const old = await readFile(trainingFirmware('codebox-1.9.9-older.bin'));
    const box = await bench.box('box', { firmware: old, slotSize: 0x80000, swapMs: 9_000 });
    const connected = await bench.time.run(killedInTheRestart(box.url));
    expect(connected).toMatchObject({ settledFlash: { verdict: 'done-late' } });
  });
});

/** What the program after it finds, whose clock is set forward by a day before it connects. */
async function killedInTheRestart(portUrl: string): Promise<Terminal> {
  const killed = await bench.start();
  const { id: terminalId } = await killed.bridge.request('connect', { portUrl });
  const { fileId } = await killed.bridge.registerFile(trainingFirmware('codebox-2.0.0.bin'));
  const { image } = await killed.bridge.request('planFlash', { terminalId, fileId });
  const asked = { terminalId, fileId, allow: [], acceptedSha256: image.fileSha256 };
  let steps = 0;
  await new Promise<void>((resolve) => {
    const onProgress = ({ phase }: { phase: string }) => {
      if (phase === 'restart' && ++steps === 2) resolve();
    };
    void killed.bridge.request('flash', asked, { onProgress });
  });
  await killed.kill();
  const { bridge } = await bench.start();
  await bridge.request('listInterrupted', {});
  bench.time.setClock(dayMs);
  return await bridge.request('connect', { portUrl });
}
