/** What can go wrong with an update, by name: each does what it says, and no more. */
import { expect, test } from 'vitest';
import { faults } from '../../native-bridge/simulators/codebox/faults.ts';
import { READ, WRITE } from './frames.ts';
import { startBox, type Box } from './in-process.ts';
import { NEW } from './small-flash.ts';

const OLD_RUNS = ['0 1.0.0 active confirmed'];
const ON_TRIAL = ['0 2.0.0 active', '1 1.0.0 confirmed'];

type Check = (box: Box) => Promise<void> | void;

const checks: Record<string, Check> = {
  'boot-pin-held': (box) => {
    box.restart();
    expect(box.state()['power']).toBe('recovery');
    expect(box.ask(READ, 0, 6), 'a version-2 header is dropped').toBeNull();
    expect(box.ask(READ, 2, 1, {}, 1)).toEqual({ rc: 8 });
    box.fault('boot-pin-held', false);
    expect(box.ask(WRITE, 0, 5, {}, 1)).toEqual({ rc: 0 });
    box.pass(5000);
    expect(box.slots()).toEqual(OLD_RUNS);
  },
  'power-lost-mid-upload': (box) => {
    expect(box.upload(), 'no reply after the cut').toBeNull();
    expect(box.state()).toMatchObject({ faults: [] });
    box.pass(2500);
    expect(box.slots()).toEqual(OLD_RUNS);
    expect(box.upload()).toMatchObject({ match: true });
  },
  'power-lost-in-swap': (box) => {
    box.upload();
    box.mark(1, false);
    box.ask(WRITE, 0, 5);
    box.pass(1800);
    expect(box.state()['power']).toBe('off');
    expect(box.flash).toMatchObject({ swapInterrupted: true, nextBoot: { version: '2.0.0' } });
    box.pass(10_000);
    expect(box.slots()).toEqual(ON_TRIAL);
  },
  'resets-on-trial': (box) => {
    box.update();
    box.pass(10_000);
    expect(box.slots()).toEqual(['0 1.0.0 active confirmed', '1 2.0.0']);
    expect(box.boots).toBe(2);
  },
  'back-late': (box) => {
    box.update();
    box.pass(110_000);
    expect(box.state()['power']).toBe('booting');
    box.pass(10_000);
    expect(box.slots()).toEqual(ON_TRIAL);
  },
  'other-address-after-swap': async (box) => {
    box.update();
    await Promise.resolve();
    expect(box.urls).toEqual(['in-process:1', 'in-process:2']);
    await expect.poll(() => box.announced).toEqual([{ event: 'moved', url: 'in-process:2' }]);
    expect(box.slots()).toEqual(ON_TRIAL);
  },
  'other-model-after-swap': (box) => {
    expect(box.ask(READ, 0, 7, { format: 'i' })).toEqual({ output: 'posbench_codebox' });
    box.update();
    expect(box.setting('sys/model')).toBe('CB-300');
    expect(box.ask(READ, 0, 7, { format: 'i' })).toEqual({ output: 'posbench_soundbox' });
  },
  'settings-lost-some': (box) => {
    box.update();
    expect(box.setting('pay/tid')).toBe('');
    expect(box.setting('qr/mode')).toBe('static');
    expect(box.setting('pay/mid')).toBe('898310048160001');
    box.restart();
    expect(box.setting('pay/tid'), 'for good').toBe('');
  },
  'settings-lost-all': (box) => {
    box.update();
    expect(box.setting('pay/mid')).toBe('');
    expect(box.setting('sys/sn')).toBe('CB2025030017');
  },
  'settings-lost-by-revert': (box) => {
    box.update();
    expect(box.setting('pay/mid')).toBe('898310048160001');
    box.restart();
    expect(box.slots()[0]).toBe('0 1.0.0 active confirmed');
    expect(box.setting('pay/mid')).toBe('');
  },
  'battery-unreadable-after-swap': (box) => {
    const battery = (): unknown => box.ask(READ, 2, 0, { name: 'battery' });
    expect(battery()).toHaveProperty('fields');
    box.update();
    expect(battery()).toEqual({ err: { group: 2, rc: 5 } });
    expect(box.ask(WRITE, 9, 0, { argv: ['battery', 'status'] })).toMatchObject({ ret: -5 });
    box.restart();
    expect(battery()).toHaveProperty('fields');
  },
  'stores-wrong-byte': (box) => {
    expect(box.upload()).toEqual({ off: NEW.length, match: true });
    expect(box.flash).toMatchObject({ slots: [{}, { version: '2.0.0', hashTrue: false }] });
    box.mark(1, false);
    box.restart();
    expect(box.slots()).toEqual(OLD_RUNS);
  },
  'wrong-stored-hash-reported': (box) => {
    const running = box.hashOf(0);
    box.upload();
    const { slots } = box.state() as { slots: { hash: string }[] };
    expect(Buffer.from(box.hashOf(1)).toString('hex')).not.toBe(slots[1]?.hash);
    expect(box.hashOf(0)).toEqual(running);
  },
  'wrong-running-hash-reported': (box) => {
    const { slots } = box.state() as { slots: { hash: string }[] };
    expect(Buffer.from(box.hashOf(0)).toString('hex')).not.toBe(slots[0]?.hash);
  },
  'wrong-version-reported': (box) => {
    expect(box.slots()).toEqual(['0 1.0.1 active confirmed']);
    expect(box.flash).toMatchObject({ slots: [{ version: '1.0.0' }, {}] });
  },
  'upload-offset-ahead': (box) => {
    expect(box.upload(), 'it puts itself right').toEqual({ off: NEW.length, match: true });
    expect(box.state()['faults']).toEqual([]);
  },
  'upload-offset-behind': (box) => {
    expect(box.upload(), 'it puts itself right').toEqual({ off: NEW.length, match: true });
    expect(box.state()['faults']).toEqual([]);
  },
  'upload-offset-beyond': (box) => {
    expect(box.upload()).toEqual({ off: NEW.length });
    expect(box.slots(), 'half an image is none').toEqual(OLD_RUNS);
    const { slots } = box.flash as { slots: { writtenBytes: number }[] };
    expect(slots[1]?.writtenBytes).toBeGreaterThan(NEW.length * 0.4);
    expect(slots[1]?.writtenBytes).toBeLessThan(NEW.length * 0.7);
  },
  'reply-lost': (box) => {
    expect(box.ask(READ, 0, 6)).toBeNull();
    expect(box.ask(READ, 0, 6)).toHaveProperty('buf_size');
  },
  'reply-doubled': (box) => {
    box.ask(READ, 0, 6);
    expect(box.replies).toHaveLength(2);
    box.ask(READ, 0, 6);
    expect(box.replies).toHaveLength(1);
  },
  'confirm-refused': (box) => {
    box.update();
    expect(box.ask(WRITE, 1, 0, { confirm: true })).toEqual({ err: { group: 1, rc: 12 } });
    expect(box.slots()).toEqual(ON_TRIAL);
  },
  'confirm-claimed': (box) => {
    box.update();
    box.ask(WRITE, 1, 0, { confirm: true });
    expect(box.slots()[0]).toBe('0 2.0.0 active confirmed');
    expect(box.flash).toMatchObject({ nextBoot: { version: '1.0.0' } });
    box.restart();
    expect(box.slots()[0]).toBe('0 1.0.0 active confirmed');
  },
};

/** Those that are looked at in line-faults.test.ts, over a socket. */
const elsewhere = [
  'lost-bytes',
  'doubled-bytes',
  'corrupted-bytes',
  'split-bytes',
  'log-noise',
  'slow-erase',
  'drops-fragments',
  'reset-mid-upload',
  'cable-pulled-mid-upload',
  'echoing-port',
  'silent',
  'wrong-offset-storm',
  'swap-slow',
  'boots-old-image',
  'dead-after-swap',
  'other-device-after-swap',
  'battery-drop',
  'confirm-ignored',
];

test('every mishap on the list is looked at', () => {
  const named = faults.filter(({ kind }) => kind === 'line').map(({ name }) => name);
  expect([...Object.keys(checks), ...elsewhere].sort()).toEqual([...named].sort());
});

test.for(Object.entries(checks))('%s', async ([name, check]) => {
  const box = await startBox();
  box.fault(name);
  await check(box);
});

test('without any an update has its trial, is confirmed, and stays', async () => {
  const box = await startBox();
  box.update();
  expect(box.slots()).toEqual(ON_TRIAL);
  box.ask(WRITE, 1, 0, { confirm: true });
  box.restart();
  expect(box.slots()).toEqual(['0 2.0.0 active confirmed', '1 1.0.0']);
});
