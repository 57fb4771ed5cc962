/** The console's lines: bounded, filtered, found; and commands typed before. */
import { describe, expect, it } from 'vitest';
import type { ConsoleLine } from '../../native-bridge/contract/console.ts';
import { ConsoleFind } from '../../renderer/state/console-find.svelte.ts';
import { levelOf } from '../../renderer/state/console-level.ts';
import { LineStore, maxLines } from '../../renderer/state/line-store.ts';
import { ShellHistory } from '../../renderer/state/shell-history.ts';

const line = (text: string, from: ConsoleLine['from'] = 'device'): ConsoleLine => ({
  ...{ atUtc: '2026-01-01T00:00:00.000Z', from, text },
});
const many = (count: number, text = 'line') =>
  Array.from({ length: count }, (_, index) => line(`${text} ${index}`));
const at = (): Promise<void> => Promise.resolve();
const texts = (store: LineStore) => store.shown().map(({ text }) => text);

describe('the lines that are kept', () => {
  it('are the newest hundred thousand, and what made way is counted', () => {
    const store = new LineStore();
    for (let batch = 0; batch < 11; batch++) store.add(many(10_000, `batch ${batch}:`));
    expect(store.dropped).toBeGreaterThan(0);
    expect(store.count + store.dropped).toBe(110_000);
    expect(store.count).toBeLessThan(maxLines + 10_000);
    expect(store.shown().at(-1)?.text).toBe('batch 10: 9999');
  });

  it('are bounded by their size too: huge ones push the old ones out', () => {
    const store = new LineStore();
    const huge = 'x'.repeat(1024 * 1024);
    for (let count = 0; count < 80; count++) store.add([line(huge)]);
    expect(store.count).toBe(64);
    expect(store.dropped).toBe(16);
  });
});

describe('a filter', () => {
  it('takes text in whatever case, and lines that come later', async () => {
    const store = new LineStore();
    store.add([line('ScanService: read'), line('other')]);
    await store.filter({ text: 'scan', least: null }, at);
    store.add([line('SCAN again'), line('other')]);
    expect(texts(store)).toEqual(['ScanService: read', 'SCAN again']);
  });

  it('by level leaves out lighter lines and those without one, but never what was typed', async () => {
    const store = new LineStore();
    const warning = '12-01 10:00:00.125  1817  1903 W Tag: careful';
    store.add([line(warning), line('<inf> fine'), line('no level'), line('ls', 'host')]);
    await store.filter({ text: '', least: 'warn' }, at);
    expect(texts(store)).toEqual([warning, 'ls']);
  });

  it('gives way to the one that was typed after it, and misses no line that came meanwhile', async () => {
    const store = new LineStore();
    store.add(many(50_000));
    let pauses = 0;
    const pausing = async () => {
      if (pauses++ === 0) store.add([line('line late')]);
      await Promise.resolve();
    };
    const first = store.filter({ text: 'line 1', least: null }, pausing);
    const second = store.filter({ text: 'late', least: null }, pausing);
    store.add([line('too late')]);
    expect(await Promise.all([first, second])).toEqual([expect.any(Boolean), true]);
    expect(texts(store)).toContain('too late');
    expect(texts(store).every((text) => text.includes('late'))).toBe(true);
  });
});

describe('the level of a line', () => {
  it.each([
    ['12-01 10:00:00.125  1817  1903 E AndroidRuntime: FATAL', 'error'],
    ['W/Battery( 123): low', 'warn'],
    ['[00:00:01.250,000] <dbg> net: up', 'debug'],
    ['<wrn> battery: low', 'warn'],
    ['I (1250) wifi: joined', 'info'],
    ['Error: no form that is known', null],
  ])('%s', (text, level) => expect(levelOf(text)).toBe(level));
});

it('finding goes round through the hits, both ways, and counts those that come', () => {
  const store = new LineStore();
  const find = new ConsoleFind(at);
  store.add([line('a hit'), line('none'), line('HIT two')]);
  find.look(store.shown(), true);
  find.text = 'hit';
  expect([find.count, find.at]).toEqual([2, 0]);
  const went = ([1, 1, 1, -1] as const).map((step) => {
    find.next(step);
    return [find.currentId, find.at];
  });
  expect(went).toEqual([
    [0, 1],
    [2, 2],
    [0, 1],
    [2, 2],
  ]);
  store.add([line('third hit')]);
  find.look(store.shown(), false);
  expect(find.count).toBe(3);
});

it('commands typed before come back with up, and what was being typed with down', () => {
  const history = new ShellHistory();
  for (const command of ['ls', 'ps', 'ps']) history.add(command);
  expect(history.recall(1, 'da')).toBe('ps');
  expect(history.recall(1, 'ps')).toBe('ls');
  expect(history.recall(1, 'ls')).toBe('ls');
  expect(history.recall(-1, 'ls')).toBe('ps');
  expect(history.recall(-1, 'ps')).toBe('da');
});
