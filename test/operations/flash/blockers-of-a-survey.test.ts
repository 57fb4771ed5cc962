/** What a survey can tell that the simulated code box has no way to be: one thing changed at a time. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { ImageInspection } from '../../../native-bridge/contract/image.ts';
import type { Reading, ReadingName } from '../../../native-bridge/contract/reading.ts';
import { inspectImage } from '../../../native-bridge/firmware/mcuboot/inspect.ts';
import { findBlockers, findWarnings } from '../../../native-bridge/operations/flash/blockers.ts';
import { nothingKnown } from '../../../native-bridge/operations/flash/history.ts';
import type { Survey } from '../../../native-bridge/operations/flash/method.ts';
import type { CborValue } from '../../../native-bridge/protocols/cbor.ts';
import { slotInfo } from '../../../native-bridge/protocols/smp/image/index.ts';
import { say } from '../../../native-bridge/wording/index.ts';
import { shippedProfile } from '../../../native-bridge/terminals/catalogue.ts';

const profile = shippedProfile('training-codebox');

function inspected(name: string, slotSizeBytes: number | null = null): ImageInspection {
  const file = fileURLToPath(new URL(`../../fixtures/firmware/${name}`, import.meta.url));
  const keys = profile.firmware?.keys ?? [];
  const demands = { keys, signatureRequired: true, slotSizeBytes, installedVersion: null };
  return inspectImage(readFileSync(file), { ...demands, allowOlder: true });
}

const image = inspected('codebox-2.0.0.bin');

function reading(name: ReadingName, value: Reading['value']): [ReadingName, Reading] {
  const rest = { unit: 'none', atUtc: '2026-03-11T01:14:02.000Z', source: '', raw: '' } as const;
  return [name, { name, value, ...rest, failure: null, caveat: null }];
}

const healthy: Survey = {
  state: {
    answering: 'application',
    running: { version: '1.9.9', id: 'aa', confirmed: true },
    stored: [],
  },
  mode: { name: 'swap', told: true, trial: true },
  slotSizeBytes: 0x80000,
  link: {
    roundTripMs: 9,
    bytesPerSecond: 11_520,
    lostShare: 0,
    bufferBytes: 1024,
    bufferCount: 4,
  },
  readings: new Map([
    reading('identity.model', 'CB-200'),
    reading('battery.levelPercent', 80),
    reading('battery.charging', false),
  ]),
};

function against(found: Partial<Survey>, of = image): string[] {
  const survey = { ...healthy, ...found };
  return findBlockers(of, survey, profile, nothingKnown).map(
    ({ code, allowable }) => `${code}${allowable ? '' : '!'}`,
  );
}

function warnings(found: Partial<Survey>, of = image): string[] {
  const more = { known: nothingKnown, assumed: false };
  return findWarnings(of, { ...healthy, ...found }, profile, more).map(({ code }) => code);
}

const withReadings = (...more: [ReadingName, Reading][]): Partial<Survey> => ({
  readings: new Map([...healthy.readings, ...more]),
});
const losing = (lostShare: number): Partial<Survey> => ({ link: { ...healthy.link, lostShare } });

describe('against a flash speaks', () => {
  it('nothing where all is well', () => {
    expect(against({})).toEqual([]);
    expect(warnings({})).toEqual([]);
  });

  it('a running image that is not confirmed: the upload erases what it goes back to', () => {
    const running = { version: '1.9.9', id: 'aa', confirmed: false };
    expect(against({ state: { ...healthy.state, running } })).toEqual(['unconfirmed']);
  });

  it.each(['trial', 'for-good'] as const)('another image marked to start %s', (start) => {
    const stored = [{ version: '3.0.0', id: 'bb', start }];
    expect(against({ state: { ...healthy.state, stored } })).toEqual(['pending!']);
  });

  it.each([
    ['payment.unsettledCount', 3, ['unsettled']],
    ['payment.unsentCount', 1, ['unsent']],
    ['payment.reversalCount', 2, ['reversals']],
    ['payment.reversalCount', 0, []],
    ['device.tampered', true, ['tampered']],
    ['device.tampered', false, []],
    ['identity.model', 'CB-300', ['wrong-model!']],
    ['battery.levelPercent', 39, ['battery-low!']],
    ['battery.levelPercent', 40, []],
    ['battery.levelPercent', null, ['battery-unknown']],
  ] as const)('the reading %s of %s: %j', (name, value, expected) => {
    expect(against(withReadings(reading(name, value)))).toEqual(expected);
  });

  it('no battery that is being charged', () => {
    const charged = [
      reading('battery.levelPercent', 5),
      reading('battery.charging', true),
    ] as const;
    expect(against(withReadings(...charged))).toEqual([]);
  });

  it.each([
    [0.009, [], []],
    [0.01, [], ['link-loses']],
    [0.099, [], ['link-loses']],
    [0.1, ['link-loses'], []],
  ] as const)('a line that loses %d of the test frames: %j %j', (share, blocked, warned) => {
    expect(against(losing(share))).toEqual(blocked);
    expect(warnings(losing(share))).toEqual(warned);
  });

  it.each([
    ['of no bytes', 0, ['image-refused!']],
    ['of 4 GiB', 2 ** 32, []],
    ['that is not told', null, []],
  ] as const)('a slot %s: %j', (_name, slotSizeBytes, expected) => {
    const fitted = inspected('codebox-2.0.0.bin', slotSizeBytes);
    expect(against({ slotSizeBytes }, fitted)).toEqual(expected);
    if (slotSizeBytes !== 0) return;
    const [first] = findBlockers(fitted, { ...healthy, slotSizeBytes }, profile, nothingKnown);
    expect(first && say(first.text, 'en')).toMatch(/^The image is refused: .*\b0 B/);
  });

  it('nothing that a slot of fewer than no bytes says: such a reply is not taken', () => {
    const slots = [
      new Map<string, CborValue>([
        ['slot', 1],
        ['size', -1],
      ]),
    ];
    const images = [
      new Map<string, CborValue>([
        ['image', 0],
        ['slots', slots],
      ]),
    ];
    expect(() => slotInfo.decode(new Map([['images', images]]))).toThrow(/field-range/);
  });

  it('an image larger than the boot loader says it takes', () => {
    const found = { maxImageBytes: image.sizeBytes - 1 };
    expect(against(found)).toEqual(['too-large!']);
    expect(against({ maxImageBytes: image.sizeBytes })).toEqual([]);
  });

  it.each([
    ['swap', 8191, ['no-trailer-room']],
    ['swap', 8192, []],
    ['swap-scratch', 4095, ['no-trailer-room']],
    ['swap-scratch', 4096, []],
  ] as const)('in mode %s room of %d bytes beside the image: %j', (name, room, expected) => {
    const mode = { name, told: true, trial: true };
    expect(against({ mode, slotSizeBytes: image.sizeBytes + room })).toEqual(expected);
  });

  it('an image that no boot loader starts', () => {
    expect(against({}, { ...image, flags: ['non-bootable'] })).toEqual(['image-non-bootable!']);
  });

  it('another image that is too old for it, where the terminal shows which it has', () => {
    const needing = { ...image, dependencies: [{ image: 1, minVersion: '1.2.3+4' }] };
    const has = (version: string): Partial<Survey> => ({ otherImages: [{ image: 1, version }] });
    expect(against(has('1.2.2'), needing)).toEqual(['dependency!']);
    expect(against(has('1.2.3+4'), needing)).toEqual([]);
    expect(warnings(has('1.2.3+4'), needing)).toEqual([]);
    expect(warnings({}, needing)).toEqual(['dependency-unknown']);
  });

  it('a security counter lower than that of the last image flashed here', () => {
    const counted = (securityCounter: number): ImageInspection => ({ ...image, securityCounter });
    const known = { ...nothingKnown, securityCounter: 5 };
    const of = (counter: number) =>
      findBlockers(counted(counter), healthy, profile, known).map(({ code }) => code);
    expect(of(4)).toEqual(['security-counter']);
    expect(of(5)).toEqual([]);
    expect(warnings({}, counted(5))).toEqual(['counter-unknown']);
  });
});
