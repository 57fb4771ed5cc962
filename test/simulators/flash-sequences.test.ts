/**
 * Anything that a host and the power can do to the slots, in any order: the flash is never written
 * where it was not erased, and there is always an image to boot that checks out.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { boot } from '../../native-bridge/simulators/codebox/boot/boot-loader.ts';
import type { Flash } from '../../native-bridge/simulators/codebox/boot/flash.ts';
import { makeImage } from '../../native-bridge/simulators/codebox/boot/make-image.ts';
import { hashText, readImage } from '../../native-bridge/simulators/codebox/boot/mcuboot-image.ts';
import type { BootMode } from '../../native-bridge/simulators/codebox/boot/modes.ts';
import { nextBoot, slotInUse } from '../../native-bridge/simulators/codebox/boot/next-boot.ts';
import { NEW, OLD, cutShort, factory, plainBoot, store, summary } from './small-flash.ts';

const OTHER = makeImage({ major: 3, minor: 0, revision: 0, build: 0 }, 30_000);
const DAMAGED = NEW.map((byte, index) => (index === 9000 ? byte ^ 4 : byte));
const images = { old: OLD, new: NEW, other: OTHER, damaged: DAMAGED } as const;

const image = fc.constantFrom<keyof typeof images>('old', 'new', 'other', 'damaged');
/** Updates and restarts most of all: the rest only disturbs them. */
const acts = fc.oneof(
  { weight: 4, arbitrary: fc.record({ act: fc.constant('update'), image, confirm: fc.boolean() }) },
  { weight: 6, arbitrary: fc.record({ act: fc.constant('boot') }) },
  { weight: 2, arbitrary: fc.record({ act: fc.constant('confirm') }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('upload'), image }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('erase') }) },
);
/** Each with the power going after so many operations; more than it takes: not at all. */
const events = fc.record({
  event: acts,
  cut: fc.oneof(fc.integer({ min: 0, max: 160 }), fc.constant(9999)),
  progressive: fc.boolean(),
});
type Event = typeof events extends fc.Arbitrary<infer T> ? T : never;

function perform(flash: Flash, { event, progressive }: Event): void {
  const { other } = flash;
  if (event.act === 'boot') boot(flash, plainBoot);
  if (event.act === 'confirm') flash.mark(flash.active, true);
  if (slotInUse(flash, other)) return;
  if (event.act === 'erase') flash.erase(other);
  if ('image' in event) store(flash, images[event.image], progressive);
  if ('confirm' in event && nextBoot(flash).type === 'normal') flash.mark(other, event.confirm);
}

/** Where the power went the boot loader has its turn, as on a real device. */
function after(flash: Flash, event: Event): Flash {
  const then = cutShort(flash, event.cut, (each) => perform(each, event));
  const cut = then.nor.operations === event.cut;
  return cut ? cutShort(then, 9999, (each) => void boot(each, plainBoot)) : then;
}

const modes: readonly BootMode[] = [
  'swap',
  'swap-scratch',
  'swap-offset',
  'overwrite-only',
  'direct-xip',
  'direct-xip-revert',
  'ram-load',
];
const known = new Set([OLD, NEW, OTHER].map((image) => hashText(readImage(image) ?? never())));

function never(): never {
  throw new Error('not an image');
}

describe.each(modes)('%s', (mode) => {
  test('whatever happens, a whole image boots', () => {
    fc.assert(
      fc.property(fc.array(events, { minLength: 10, maxLength: 30, size: 'max' }), (sequence) => {
        let flash = factory(mode);
        for (const event of sequence) flash = after(flash, event);
        expect(boot(flash, plainBoot).runs).toBe('application');
        const running = flash.image(flash.active);
        expect(running === null ? null : known.has(hashText(running))).toBe(true);
      }),
      { numRuns: 60 },
    );
  });
});

test('an image as large as it may be is swapped, and taken back', () => {
  for (const mode of ['swap', 'swap-scratch', 'swap-offset'] as const) {
    const flash = factory(mode);
    const room = flash.maxImageBytes - 0x200 - 40;
    const largest = makeImage({ major: 9, minor: 0, revision: 0, build: 0 }, room);
    store(flash, largest);
    flash.mark(1, false);
    boot(flash, plainBoot);
    expect(summary(flash), mode).toMatch(/^9\.0\.0 1\.0\.0 revert/);
    boot(flash, plainBoot);
    expect(summary(flash), mode).toMatch(/^1\.0\.0 9\.0\.0 none/);
    const tooLarge = makeImage({ major: 9, minor: 0, revision: 0, build: 1 }, room + 1);
    store(flash, tooLarge);
    flash.mark(1, false);
    boot(flash, plainBoot);
    expect(summary(flash), mode).toMatch(/^1\.0\.0 - none/);
  }
});
