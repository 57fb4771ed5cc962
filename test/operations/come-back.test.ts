/** A terminal that comes back: late, under another name, at another address, or in its boot loader. */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FlashPhase, FlashResult } from '../../native-bridge/contract/firmware.ts';
import type { Progress } from '../../native-bridge/contract/requests.ts';
import type { Terminal } from '../../native-bridge/contract/terminal.ts';
import { trainingFirmware } from '../../native-bridge/operations/entry-points.ts';
import {
  VirtualBench,
  type PluggedBox,
  type Program,
  type UsbPort,
} from '../support/virtual-bench.ts';

const impatient = fileURLToPath(new URL('../fixtures/profiles/short-swap.yaml', import.meta.url));
const application: UsbPort = {
  path: '/dev/ttyACM0',
  vendorId: '1209',
  productId: '0001',
  manufacturer: 'POS Bench',
  serialNumber: 'CB2025030017',
};

let bench: VirtualBench;
let old: Uint8Array;

beforeEach(async () => {
  old = await readFile(trainingFirmware('codebox-1.9.9-older.bin'));
  bench = new VirtualBench();
});
afterEach(() => bench.end());

/** A code box that is due for 2.0.0. */
function dueBox(options = {}, usb: UsbPort | null = null): Promise<PluggedBox> {
  return bench.box('box', { firmware: old, slotSize: 0x80000, ...options }, usb);
}

async function connect({ bridge }: Program, portUrl: string, quick = false): Promise<Terminal> {
  const profileFileId = quick ? (await bridge.registerFile(impatient)).fileId : null;
  return await bridge.request('connect', { portUrl, profileFileId });
}

async function flash(
  { bridge }: Program,
  { id }: Terminal,
  options: { onProgress?: (step: Progress<'flash'>) => void; allow?: string[] } = {},
): Promise<FlashResult> {
  const { fileId } = await bridge.registerFile(trainingFirmware('codebox-2.0.0.bin'));
  const plan = await bridge.request('planFlash', { terminalId: id, fileId });
  const { onProgress, allow = [] } = options;
  const asked = { terminalId: id, fileId, allow, acceptedSha256: plan.image.fileSha256 };
  return await bridge.request('flash', asked, onProgress ? { onProgress } : {});
}

/** Calls once: when the restart begins (before it is asked for) or, by default, after it was. */
function whenRestarting(
  act: () => void,
  when: 'before' | 'after' = 'after',
): (step: Progress<'flash'>) => void {
  let steps = 0;
  return ({ phase }) => {
    if (phase !== 'restart') return;
    steps += 1;
    if (steps === (when === 'before' ? 1 : 2)) act();
  };
}

describe('a terminal that restarts in a flash', () => {
  it.each([
    ['under another name', { ...application, path: '/dev/ttyACM7' }],
    ['as another USB product', { ...application, path: '/dev/ttyACM7', productId: '0002' }],
  ])('is found %s by its USB serial number', async (_how, again) => {
    const program = await bench.start();
    const result = bench.time.run(
      (async () => {
        const box = await dueBox({}, application);
        const terminal = await connect(program, box.url);
        const onProgress = whenRestarting(() => void bench.replug(box, again));
        return await flash(program, terminal, { onProgress });
      })(),
    );
    expect(await result).toMatchObject({ verdict: 'done', runningVersion: '2.0.0' });
  });

  it('is asked again where the request was lost with the cable', async () => {
    const program = await bench.start();
    const result = bench.time.run(
      (async () => {
        const box = await dueBox();
        const terminal = await connect(program, box.url);
        const pullAndPlug = () => {
          void box.simulator.pull();
          setTimeout(() => void box.simulator.plug(), 3_000);
        };
        const onProgress = whenRestarting(pullAndPlug, 'before');
        return await flash(program, terminal, { onProgress });
      })(),
    );
    expect(await result).toMatchObject({ verdict: 'done', runningVersion: '2.0.0' });
  });

  it('is not taken for another of its model that is plugged in meanwhile', async () => {
    const program = await bench.start();
    const stranger = { ...application, path: '/dev/ttyACM1', serialNumber: 'CB2025039999' };
    const { result, sent } = await bench.time.run(
      (async () => {
        const box = await dueBox({ swapMs: 9_000 }, application);
        const terminal = await connect(program, box.url);
        let other: PluggedBox | null = null;
        const onProgress = whenRestarting(() => {
          void box.simulator.pull();
          void bench
            .box('stranger', { serialNumber: 'CB2025039999' }, stranger)
            .then((plugged) => (other = plugged));
          setTimeout(() => void box.simulator.plug(), 12_000);
        });
        const flashed = await flash(program, terminal, { onProgress });
        return { result: flashed, sent: (other as PluggedBox | null)?.simulator.stats() };
      })(),
    );
    expect(result).toMatchObject({ verdict: 'done', runningVersion: '2.0.0' });
    expect(sent?.uploads).toEqual([]);
  });

  it('goes on where the technician connects it at another address', async () => {
    const program = await bench.start();
    const { result, moved } = await bench.time.run(
      (async () => {
        const box = await dueBox();
        const terminal = await connect(program, box.url);
        let again: Promise<Terminal> | null = null;
        const onProgress = whenRestarting(() => {
          again = bench.replug(box, 'tcp://elsewhere:7').then(async ({ url }) => {
            await new Promise((resolve) => setTimeout(resolve, 6_000));
            return await connect(program, url);
          });
        });
        const flashed = await flash(program, terminal, { onProgress });
        return { result: flashed, moved: await (again as unknown as Promise<Terminal>) };
      })(),
    );
    expect(moved.id).toBe(result.terminalId);
    expect(result).toMatchObject({ verdict: 'done', runningVersion: '2.0.0' });
  });
});

describe('a cable that comes out while the new firmware is proven', () => {
  function flashedWithPull(
    phase: FlashPhase,
    plugAgain: (box: PluggedBox) => void,
  ): Promise<{ result: FlashResult; waits: (string | undefined)[] }> {
    return bench.time.run(
      (async () => {
        const program = await bench.start();
        const box = await dueBox();
        const terminal = await connect(program, box.url);
        const seen: (string | undefined)[] = [];
        let pulled = false;
        const onProgress = (step: Progress<'flash'>) => {
          seen.push(step.waitingFor?.key);
          if (step.phase !== phase || pulled) return;
          pulled = true;
          void box.simulator.pull();
          plugAgain(box);
        };
        return { result: await flash(program, terminal, { onProgress }), waits: seen };
      })(),
    );
  }

  it.each(['reidentify', 'confirm'] as const)(
    'at the step %s is waited for, and everything is looked at again',
    async (phase) => {
      const { result, waits } = await flashedWithPull(phase, ({ simulator }) => {
        setTimeout(() => void simulator.plug(), 6_000);
      });
      expect(result).toMatchObject({ verdict: 'done', confirmed: true, fault: null });
      expect(waits).toContain('flash_wait_cable');
    },
  );

  it('or that falls silent while it stays in does not cost good firmware', async () => {
    const result = await bench.time.run(
      (async () => {
        const program = await bench.start();
        const box = await dueBox();
        const terminal = await connect(program, box.url);
        let phase = '';
        let asked = 0;
        let sinceMs = Infinity;
        // From the first vital reading on, and long enough for every one to be asked in vain.
        bench.tap(box.url, () => {
          if (phase === 'reidentify' && ++asked === 4) sinceMs = performance.now();
          const passedMs = performance.now() - sinceMs;
          return passedMs >= 0 && passedMs < 45_000;
        });
        return await flash(program, terminal, { onProgress: (step) => (phase = step.phase) });
      })(),
    );
    expect(result).toMatchObject({ verdict: 'done', runningVersion: '2.0.0', confirmed: true });
  });

  it('asks again who is there, and writes nothing to one that nobody knows', async () => {
    const nameless = fileURLToPath(new URL('../fixtures/profiles/nameless.yaml', import.meta.url));
    const { result, asked, tid } = await bench.time.run(
      (async () => {
        const program = await bench.start();
        const { bridge } = program;
        const box = await dueBox();
        await bench.box('other', {
          firmware: old,
          slotSize: 0x80000,
          faults: ['wrong-terminal-number'],
        });
        const { fileId: profileFileId } = await bridge.registerFile(nameless);
        const terminal = await bridge.request('connect', { portUrl: box.url, profileFileId });
        const questions: string[] = [];
        let exchanged = false;
        const onProgress = ({ question, phase }: Progress<'flash'>) => {
          if (question) {
            questions.push(question.key);
            const answer = questions.length === 1;
            void bridge.request('answerFlash', { terminalId: terminal.id, answer });
          }
          if (phase !== 'confirm' || exchanged) return;
          exchanged = true;
          bench.exchange('box', 'other');
        };
        const flashed = await flash(program, terminal, { onProgress });
        await bridge.request('disconnect', { terminalId: terminal.id });
        const there = await bridge.request('connect', { portUrl: box.url, profileFileId });
        const { rows } = await bridge.request('readSettings', { terminalId: there.id });
        const row = rows.find(({ key }) => key === 'payment.terminalNumber');
        return { result: flashed, asked: questions, tid: row?.current };
      })(),
    );
    expect(asked).toEqual(['flash_question_same', 'flash_question_same']);
    expect(result).toMatchObject({ verdict: 'unknown', state: { key: 'flash_state_replaced' } });
    expect(tid).not.toBe('10086421');
  });

  it('and stays out leaves the verdict open', async () => {
    const { result } = await flashedWithPull('reidentify', () => undefined);
    expect(result).toMatchObject({ verdict: 'unknown', fault: { code: 'port-vanished' } });
  });
});

describe('a terminal that comes back after the deadline', () => {
  it('is confirmed while the window watches, and the verdict is corrected in its case', async () => {
    const program = await bench.start();
    const { first, terminal, events } = await bench.time.run(
      (async () => {
        const box = await dueBox({ faults: ['back-late'], lateMs: 60_000 });
        const connected = await connect(program, box.url, true);
        const stop = new AbortController();
        let newest: Terminal | undefined;
        const back = new Promise<void>((resolve) => {
          const onProgress = ({ terminals }: Progress<'watchTerminals'>) => {
            newest = terminals.find(({ id }) => id === connected.id);
            if (newest?.settledFlash) resolve();
          };
          const watch = { onProgress, signal: stop.signal };
          program.bridge.request('watchTerminals', {}, watch).catch(() => undefined);
        });
        const flashed = await flash(program, connected);
        await back;
        stop.abort();
        const { events: all } = await program.bridge.request('getCase', { caseId: flashed.caseId });
        return { first: flashed, terminal: newest, events: all };
      })(),
    );
    expect(first).toMatchObject({ verdict: 'unknown', state: { key: 'flash_state_not_back' } });
    expect(terminal?.settledFlash).toMatchObject({ verdict: 'done-late', corrects: true });
    const verdicts = events.flatMap((event) =>
      event.kind === 'flash' ? [event.flash.verdict] : [],
    );
    expect(verdicts).toEqual(['unknown', 'done-late']);
  });

  it('is not settled by what another one on its line says', async () => {
    const verdicts = await bench.time.run(
      (async () => {
        const { bridge } = await bench.start();
        const box = await dueBox();
        await bench.box('other', { serialNumber: 'CB2025039999', slotSize: 0x80000 });
        const { id: terminalId } = await bridge.request('connect', { portUrl: box.url });
        const { fileId } = await bridge.registerFile(trainingFirmware('codebox-2.0.0.bin'));
        const { image } = await bridge.request('planFlash', { terminalId, fileId });
        const stop = new AbortController();
        bridge.request('watchTerminals', {}, { signal: stop.signal }).catch(() => undefined);
        const asked = { terminalId, fileId, acceptedSha256: image.fileSha256 };
        const onProgress = ({ sentBytes }: Progress<'flash'>) => {
          if ((sentBytes ?? 0) > 20_000) bench.tap(box.url, () => true);
        };
        const silent = await bridge.request('flash', asked, { onProgress });
        bench.exchange('box', 'other', true);
        bench.tap(box.url, () => false);
        await new Promise((resolve) => setTimeout(resolve, 30_000));
        stop.abort();
        const { events } = await bridge.request('getCase', { caseId: silent.caseId });
        return events.flatMap((event) => (event.kind === 'flash' ? [event.flash] : []));
      })(),
    );
    expect(verdicts.map(({ verdict }) => verdict)).toEqual(['unknown', 'unknown']);
    expect(verdicts[1]?.state.key).toBe('flash_state_replaced');
    expect(verdicts[1]?.runningVersion).toBeNull();
  });

  it('is settled at the next connection where the program was killed meanwhile', async () => {
    const { terminal } = await bench.time.run(
      (async () => {
        const box = await dueBox();
        const killed = await bench.start();
        const connected = await connect(killed, box.url);
        await new Promise<void>((resolve) => {
          const onProgress = whenRestarting(resolve);
          void flash(killed, connected, { onProgress });
        });
        await killed.kill();
        await new Promise((resolve) => setTimeout(resolve, 30_000));
        return { terminal: await connect(await bench.start(), box.url) };
      })(),
    );
    expect(terminal.settledFlash).toMatchObject({
      verdict: 'done-late',
      runningVersion: '2.0.0',
      confirmed: true,
    });
  });
});

describe('a terminal that still restarts when the program is started again', () => {
  async function killedInTheRestart(faults: readonly string[] = []): Promise<PluggedBox> {
    const box = await dueBox({ swapMs: 40_000, faults });
    const killed = await bench.start();
    const connected = await connect(killed, box.url);
    await new Promise<void>((resolve) => {
      void flash(killed, connected, { onProgress: whenRestarting(resolve) });
    });
    await killed.kill();
    return box;
  }

  it('is waited for, and its flash is settled', async () => {
    const terminal = await bench.time.run(
      (async () => {
        const box = await killedInTheRestart();
        return await connect(await bench.start(), box.url);
      })(),
    );
    expect(terminal.settledFlash).toMatchObject({ verdict: 'done-late', confirmed: true });
  });

  it('is called silent once the flash itself would have given it up', async () => {
    const { fault, waitedMs } = await bench.time.run(
      (async () => {
        const box = await killedInTheRestart(['dead-after-swap']);
        const program = await bench.start();
        const startMs = performance.now();
        const refused = await connect(program, box.url).catch((error: unknown) => error);
        return { fault: refused, waitedMs: performance.now() - startMs };
      })(),
    );
    expect(fault).toMatchObject({ fault: { code: 'port-silent' } });
    expect(waitedMs).toBeGreaterThan(50_000);
    expect(waitedMs).toBeLessThan(65_000);
  });

  it('is let go as soon as the technician cancels, and can be connected later', async () => {
    const { cancelled, waitedMs, later } = await bench.time.run(
      (async () => {
        const box = await killedInTheRestart();
        const { bridge } = await bench.start();
        const stop = new AbortController();
        setTimeout(() => stop.abort(), 8_000);
        const startMs = performance.now();
        const asked = bridge.request('connect', { portUrl: box.url }, { signal: stop.signal });
        const fault = await asked.catch((error: unknown) => error);
        const passedMs = performance.now() - startMs;
        const terminal = await bridge.request('connect', { portUrl: box.url });
        return { cancelled: fault, waitedMs: passedMs, later: terminal };
      })(),
    );
    expect(cancelled).toMatchObject({ fault: { code: 'cancelled' } });
    expect(waitedMs).toBeLessThan(8_500);
    expect(later.settledFlash).toMatchObject({ verdict: 'done-late' });
  });
});

describe('a flash that is looked at again', () => {
  it('keeps nobody who cancels, and is looked at the next time', async () => {
    const { fault, waitedMs, later } = await bench.time.run(
      (async () => {
        const box = await dueBox({ faults: ['battery-unreadable-after-swap'] });
        const killed = await bench.start();
        const connected = await connect(killed, box.url);
        await new Promise<void>((resolve) => {
          void flash(killed, connected, { onProgress: whenRestarting(resolve) });
        });
        await killed.kill();
        await new Promise((resolve) => setTimeout(resolve, 30_000));
        const { bridge } = await bench.start();
        const startMs = performance.now();
        const stop = new AbortController();
        // Readings that fail are tried again for seconds: it comes in the middle of that.
        setTimeout(() => stop.abort(), 1_500);
        const asked = bridge.request('connect', { portUrl: box.url }, { signal: stop.signal });
        const refused = await asked.catch((error: unknown) => error);
        const passedMs = performance.now() - startMs;
        const terminal = await bridge.request('connect', { portUrl: box.url });
        return { fault: refused, waitedMs: passedMs, later: terminal };
      })(),
    );
    expect(fault).toMatchObject({ fault: { code: 'cancelled' } });
    expect(waitedMs).toBeLessThan(4_000);
    expect(later.settledFlash?.fault).toMatchObject({ code: 'readings-lost' });
  });
});

describe('a terminal whose application is dead', () => {
  it.each(['hash', 'bare'] as const)(
    'is recognised in serial recovery (its list: %s) and flashed there, with no way back',
    async (recoveryList) => {
      const { before, dead, plan, result } = await bench.time.run(
        (async () => {
          const box = await dueBox({ bootloaderMode: 'overwrite-only', recoveryList });
          const program = await bench.start();
          const known = await connect(program, box.url);
          await program.kill();
          box.simulator.setFault('boot-pin-held', true);
          box.simulator.reset();
          await new Promise((resolve) => setTimeout(resolve, 5_000));
          const again = await bench.start();
          const inRecovery = await connect(again, box.url);
          const { fileId } = await again.bridge.registerFile(trainingFirmware('codebox-2.0.0.bin'));
          const asked = { terminalId: inRecovery.id, fileId };
          const planned = await again.bridge.request('planFlash', asked);
          box.simulator.setFault('boot-pin-held', false);
          const allow = planned.blockers.map(({ code }) => code);
          const asks: string[] = [];
          const onProgress = ({ question }: Progress<'flash'>) => {
            if (!question || asks.length > 0) return;
            asks.push(question.key);
            void again.bridge.request('answerFlash', { terminalId: inRecovery.id, answer: true });
          };
          const flashed = await flash(again, inRecovery, { allow, onProgress });
          // Whoever is known by serial number can say it again; nobody else can.
          expect(asks.length).toBe(recoveryList === 'hash' ? 0 : 1);
          return { before: known, dead: inRecovery, plan: planned, result: flashed };
        })(),
      );
      expect(dead.bootLoader).toBe(true);
      if (recoveryList === 'hash') expect(dead.id).toBe(before.id);
      expect(plan).toMatchObject({ bootloaderMode: 'serial-recovery', canRevert: false });
      expect(result).toMatchObject({ verdict: 'done', runningVersion: '2.0.0', confirmed: true });
    },
  );
});

describe('a terminal that can not say who it is', () => {
  it('is not given the settings of the one that was on its port', async () => {
    const file = fileURLToPath(new URL('../fixtures/profiles/nameless.yaml', import.meta.url));
    const connectNameless = async ({ bridge }: Program, portUrl: string) => {
      const profileFileId = (await bridge.registerFile(file)).fileId;
      return await bridge.request('connect', { portUrl, profileFileId });
    };
    const { first, again, tid } = await bench.time.run(
      (async () => {
        const box = await dueBox();
        const killed = await bench.start();
        const known = await connectNameless(killed, box.url);
        await new Promise<void>((resolve) => {
          const onProgress = whenRestarting(resolve, 'before');
          void flash(killed, known, { onProgress, allow: ['identity-assumed'] });
        });
        await killed.kill();
        await bench.replug(box, 'tcp://drawer:1');
        const faults = ['wrong-terminal-number'];
        const other = await bench.box('other', { firmware: old, slotSize: 0x80000, faults });
        const here = await bench.replug(other, box.url);
        const program = await bench.start();
        const connected = await connectNameless(program, here.url);
        const { rows } = await program.bridge.request('readSettings', { terminalId: connected.id });
        const row = rows.find(({ key }) => key === 'payment.terminalNumber');
        return { first: known, again: connected, tid: row?.current };
      })(),
    );
    expect(again.id).toBe(first.id);
    expect(tid).not.toBe('10086421');
  });
});
