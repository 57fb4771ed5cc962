/** The scanner test where things go wrong: a line that fails, strangers' codes, a flood, two at once. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ScannerProgress } from '../../../native-bridge/contract/scanner.ts';
import { gradedCodes } from '../../../native-bridge/pictures/codes/index.ts';
import type { SmpMessage } from '../../../native-bridge/protocols/smp/command.ts';
import { openBench } from '../../support/bench.ts';
import { startDevice } from '../../support/statistics-device.ts';
import { connectCounter, held, hold, runLoop } from './loop.ts';

describe('strangers’ codes in between', () => {
  it('are counted, do not disturb, and no payer’s code is shown', async () => {
    const counter = await connectCounter();
    const { test, told } = await runLoop(counter, {
      instead: {
        3: (here) => {
          here.simulator.present(held('https://qr.example/\u202ex'));
          here.simulator.present(held('134567890123456789'));
          hold(here, 3, 'screen');
        },
      },
    });
    expect(test).toMatchObject({ verdict: 'good', foreign: { count: 2 } });
    expect(test.foreign.texts.join()).not.toMatch(/134567|\u202e/);
    expect(told.some(({ foreign }) => foreign.count === 2)).toBe(true);
  });

  it('read in place of the test’s own are no dead scanner', async () => {
    const counter = await connectCounter();
    const stranger = Object.fromEntries(
      gradedCodes.map(({ number }) => [
        number,
        ({ simulator }: typeof counter) => void simulator.present(held(`SHOP ${number}`)),
      ]),
    );
    const { test } = await runLoop(counter, { instead: stranger });
    expect(test).toMatchObject({
      ended: 'all-shown',
      verdict: 'reads-nothing',
      means: [{ key: 'scanner_means_only_foreign', facts: { count: 25 } }],
    });
  });
});

describe('a code held twice', () => {
  it('is read once and repeated once', async () => {
    const { test } = await runLoop(await connectCounter(), {
      instead: {
        2: (counter) => {
          hold(counter, 2, 'screen');
          hold(counter, 1, 'screen');
        },
      },
    });
    expect(test.codes.map(({ repeats }) => repeats).slice(0, 3)).toEqual([1, 0, 0]);
    expect(test.verdict).toBe('good');
  });
});

const isLog = (request: SmpMessage): boolean => {
  const argv = request.body.get('argv');
  return Array.isArray(argv) && argv[0] === 'scan';
};

describe('a line that fails', () => {
  it('a reply of hundreds of lines is bounded, and the newest reads count', async () => {
    const counter = await connectCounter();
    const { bench, bridge, terminalId, url } = counter;
    const flood = Array.from({ length: 550 }, (_, at) => `${at} 1.0 5ms FLOOD ${at}`);
    let asked = 0;
    bench.tap(url, (request) => {
      if (!isLog(request)) return false;
      asked += 1;
      const own = gradedCodes.map(({ text }, at) => `${10_000 + at} 2.000 170ms ${text}`);
      const lines = asked === 1 ? [] : [...flood, ...own];
      bench.answer(url, request, { o: lines.join('\r\n'), ret: 0 });
      return true;
    });
    const test = await bench.time.run(bridge.request('testScanner', { terminalId }));
    expect(test.codes.every(({ outcome }) => outcome === 'read')).toBe(true);
    expect(test.foreign.count).toBeLessThanOrEqual(500);
    expect(test.foreign.texts).toHaveLength(5);
  });

  it('a reply that is lost is asked for again; three in a row are told', async () => {
    const { bench, bridge, terminalId, url } = await connectCounter();
    let asked = 0;
    const lost = new Set([2, 3]);
    bench.tap(url, (request) => {
      return isLog(request) && (lost.has(++asked) || asked > 6);
    });
    const asking = bridge.request('testScanner', { terminalId });
    await expect(bench.time.run(asking)).rejects.toMatchObject({
      fault: { code: 'reply-timeout' },
    });
    expect(asked).toBe(9);
  });

  it('a command that the terminal refuses ends it at once', async () => {
    const { bench, bridge, terminalId, url } = await connectCounter();
    bench.tap(url, (request) => {
      if (!isLog(request)) return false;
      bench.answer(url, request, { o: 'scan: command not found', ret: -8 });
      return true;
    });
    const asking = bridge.request('testScanner', { terminalId });
    await expect(bench.time.run(asking)).rejects.toMatchObject({
      fault: { code: 'command-refused', facts: { command: 'scan log 20' } },
    });
  });

  it('a pulled cable ends it, and another can be begun when it is back', async () => {
    const counter = await connectCounter();
    const { bench, bridge, simulator, terminalId } = counter;
    const pulled = runLoop(counter, { instead: { 4: () => void simulator.pull() } });
    await expect(pulled).rejects.toMatchObject({ fault: { code: 'port-vanished' } });
    await simulator.plug();
    await bench.time.run(bridge.request('connect', { portUrl: counter.url }));
    const { test } = await runLoop(counter);
    expect(test.verdict).toBe('good');
    const { events } = await bench.time.run(bridge.request('getCase', { caseId: test.caseId }));
    expect(events.map(({ kind }) => kind)).toEqual(['scanner-test']);
    expect(terminalId).toBe(test.terminalId);
  });
});

describe('while it runs', () => {
  it('a second one is refused, the terminal can be read, and answers go to the one', async () => {
    const { bench, bridge, terminalId } = await connectCounter();
    let latest: ScannerProgress | null = null;
    const running = bridge.request(
      'testScanner',
      { terminalId },
      { onProgress: (progress) => (latest = progress) },
    );
    await bench.time.pass(1_000);
    const second = bridge.request('testScanner', { terminalId });
    await expect(bench.time.run(second)).rejects.toMatchObject({
      fault: { code: 'terminal-busy', facts: { doing: 'scanner-test' } },
    });
    const read = await bench.time.run(bridge.request('readTerminal', { terminalId }));
    expect(read.readings.length).toBeGreaterThan(10);
    const say = async (number: number, answer: 'missed' | 'skip' | 'finish') =>
      await bench.time.run(bridge.request('answerScannerTest', { terminalId, number, answer }));
    expect(await say(1, 'missed')).toEqual({ taken: true });
    expect(await say(1, 'missed')).toEqual({ taken: false });
    expect(await say(2, 'skip')).toEqual({ taken: true });
    await bench.time.pass(1_000);
    const { due, rows } = latest as unknown as ScannerProgress;
    expect(due?.number).toBe(3);
    expect(rows.slice(0, 3).map(({ outcome }) => outcome)).toEqual([
      'missed',
      'skipped',
      'waiting',
    ]);
    expect(await say(3, 'finish')).toEqual({ taken: true });
    expect(await bench.time.run(running)).toMatchObject({ ended: 'finished' });
    expect(await say(3, 'finish')).toEqual({ taken: false });
  });

  it('stopped, it is not in the records, and the next can begin', async () => {
    const counter = await connectCounter();
    const { bench, bridge, terminalId } = counter;
    const stop = new AbortController();
    const running = bridge.request('testScanner', { terminalId }, { signal: stop.signal });
    await bench.time.pass(1_000);
    stop.abort();
    await expect(bench.time.run(running)).rejects.toMatchObject({ fault: { code: 'cancelled' } });
    const { test } = await runLoop(counter);
    const { events } = await bench.time.run(bridge.request('getCase', { caseId: test.caseId }));
    expect(events).toHaveLength(1);
  });
});

describe('a terminal that can’t be tested', () => {
  it('without a scanner says so', async () => {
    const { bridge, ...bench } = await openBench();
    const device = await startDevice((request, line) => line.reply(request, { rc: 8 }));
    const profileFileId = await own({ bridge, ...bench }, 'has: { wifi: true }');
    const { id: terminalId } = await bridge.request('connect', {
      portUrl: device.url,
      profileFileId,
    });
    expect(await bridge.request('scannerCodes', { terminalId })).toMatchObject({
      testable: 'no-scanner',
    });
    await expect(bridge.request('testScanner', { terminalId })).rejects.toMatchObject({
      fault: { code: 'scanner-missing', facts: { model: 'S-1' } },
    });
  });

  it('whose profile tells no way says so', async () => {
    const { bridge, ...bench } = await openBench();
    const device = await startDevice((request, line) => line.reply(request, { rc: 8 }));
    const profileFileId = await own({ bridge, ...bench }, 'has: { scanner: true }');
    const { id: terminalId } = await bridge.request('connect', {
      portUrl: device.url,
      profileFileId,
    });
    await expect(bridge.request('testScanner', { terminalId })).rejects.toMatchObject({
      fault: { code: 'scanner-untold' },
    });
  });
});

describe('reads that the terminal writes by itself', () => {
  it('are taken from its lines, however many others there are', async () => {
    const { bridge, ...bench } = await openBench();
    const device = await startDevice((request, line) => line.reply(request, { rc: 8 }));
    const profileFileId = await own(
      { bridge, ...bench },
      "has: { scanner: true }\nscanner: { reads: { from: console, pattern: 'barcode: (?P<text>.+)' } }",
    );
    const { id: terminalId } = await bridge.request('connect', {
      portUrl: device.url,
      profileFileId,
    });
    const noise = (number: number) =>
      Array.from({ length: number === 7 ? 10_000 : 3 }, (_, at) => `noise ${at}\r\n`).join('');
    let shown = 0;
    const test = await bridge.request(
      'testScanner',
      { terminalId, carrier: 'paper' },
      {
        onProgress: ({ due }) => {
          if (due === null || due.number <= shown) return;
          shown = due.number;
          device.send(`${noise(shown)}barcode: ${gradedCodes[shown - 1]?.text ?? ''}\r\n`);
        },
      },
    );
    expect(test).toMatchObject({ verdict: 'good', medianMs: null, foreign: { count: 0 } });
  }, 60_000);
});

/** A profile of a terminal with nothing else to it. */
async function own({ bridge, dataFolder }: Awaited<ReturnType<typeof openBench>>, rest: string) {
  const file = join(dataFolder, 'scan.yaml');
  const head =
    'format: 1\nname: scan\nvendor: Acme\nmodel: S-1\nlabels: { zh-CN: 扫码, en: Scan }\n';
  await writeFile(file, `${head}${rest}\n`);
  return (await bridge.registerFile(file)).fileId;
}
