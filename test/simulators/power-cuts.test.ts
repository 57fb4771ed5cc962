/**
 * The power goes before and after every single flash operation of everything that the boot loader
 * and the application do to the slots. What boots afterwards is always one of the legal images.
 */
import { describe, expect, test } from 'vitest';
import type { Flash } from '../../native-bridge/simulators/codebox/boot/flash.ts';
import type { BootMode } from '../../native-bridge/simulators/codebox/boot/modes.ts';
import {
  NEW,
  boots,
  cutShort,
  cuts,
  factory,
  plainBoot,
  requested,
  store,
  summary,
} from './small-flash.ts';
import { boot } from '../../native-bridge/simulators/codebox/boot/boot-loader.ts';

const swapModes = ['swap', 'swap-scratch', 'swap-offset'] as const satisfies readonly BootMode[];
const run = (flash: Flash): void => void boot(flash, plainBoot);

/** Boots with the power going after each operation, and then again; the distinct ends. */
function ends(start: Flash): Set<string> {
  const found = new Set<string>();
  for (const operations of cuts(start, run)) {
    const flash = cutShort(start, operations, run);
    boots(flash);
    found.add(summary(flash));
  }
  return found;
}

/** The same with a second cut while the first is made good; every eleventh pair. */
function endsAfterTwo(start: Flash): Set<string> {
  const found = new Set<string>();
  for (const first of cuts(start, run)) {
    const once = cutShort(start, first, run);
    if (summary(once).startsWith('2.0.0 1.0.0 revert')) continue;
    for (const second of cuts(once, run).filter((each) => (each + first) % 11 === 0)) {
      const flash = cutShort(once, second, run);
      boots(flash);
      found.add(summary(flash));
    }
  }
  return found;
}

/** On its trial, or back again where the trial was over before the power went for good. */
function onTrial(mode: BootMode): string {
  const flash = requested(mode, false);
  run(flash);
  return summary(flash);
}

describe.each(swapModes)('%s', (mode) => {
  test('without a cut an image has its trial, and is taken back', () => {
    const flash = requested(mode, false);
    run(flash);
    expect(summary(flash)).toBe('2.0.0 1.0.0 revert good unset set');
    run(flash);
    expect(summary(flash)).toBe('1.0.0 2.0.0 none good set set');
    run(flash);
    expect(summary(flash)).toBe('1.0.0 2.0.0 none good set set');
  });

  test('a swap for a trial comes to the same end wherever the power goes', () => {
    const start = requested(mode, false);
    const [last, ...others] = [...ends(start)].reverse();
    // Cut after its last operation, the trial was its only one.
    expect(last).toBe('1.0.0 2.0.0 none good set set');
    expect(others).toEqual([onTrial(mode)]);
    expect(cuts(start, run).length).toBeGreaterThan(50);
  });

  test('a swap for good comes to the same end wherever the power goes', () => {
    const found = [...ends(requested(mode, true))];
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(/^2\.0\.0 \S+ none good set set$/);
  });

  test('a revert comes to the same end wherever the power goes', () => {
    const flash = requested(mode, false);
    run(flash);
    expect(ends(flash)).toEqual(new Set(['1.0.0 2.0.0 none good set set']));
  });

  test('a second cut while the first is made good changes nothing', () => {
    const flash = requested(mode, false);
    const found = endsAfterTwo(flash);
    found.delete('1.0.0 2.0.0 none good set set');
    expect(found).toEqual(new Set([onTrial(mode)]));
    run(flash);
    expect(endsAfterTwo(flash)).toEqual(new Set(['1.0.0 2.0.0 none good set set']));
  });

  test('a confirmation is there or it is not, and the next boot does as it says', () => {
    const flash = requested(mode, false);
    run(flash);
    const confirm = (each: Flash): void => void each.mark(0, true);
    const found = cuts(flash, confirm).map((operations) => {
      const cut = cutShort(flash, operations, confirm);
      run(cut);
      return summary(cut).slice(0, 5);
    });
    expect(found).toEqual(['1.0.0', '2.0.0']);
  });

  test('a request is there or it is not', () => {
    const flash = factory(mode);
    store(flash);
    const ask = (each: Flash): void => void each.mark(1, true);
    const found = cuts(flash, ask).map((operations) => cutShort(flash, operations, ask).swap);
    expect(found[0]).toBe('none');
    expect(found[1]).toBe('test');
    expect(found.slice(2).every((swap) => swap === 'perm')).toBe(true);
  });

  test.each([false, true])('an upload never touches what runs (progressive: %s)', (progressive) => {
    const flash = factory(mode);
    const upload = (each: Flash): void => store(each, NEW, progressive);
    for (const operations of cuts(flash, upload)) {
      const cut = cutShort(flash, operations, upload);
      run(cut);
      expect(summary(cut)).toMatch(/^1\.0\.0 \S+ none/);
    }
  });

  test('an invalid image is refused wherever the power goes', () => {
    const flash = factory(mode);
    store(
      flash,
      NEW.map((byte, index) => (index === 5000 ? byte ^ 1 : byte)),
    );
    flash.mark(1, false);
    for (const end of ends(flash)) expect(end).toMatch(/^1\.0\.0 - none/);
  });
});

test('overwrite-only: the copy begins again, and the new image runs, wherever the power goes', () => {
  const start = requested('overwrite-only', false);
  expect([...ends(start)]).toEqual(['2.0.0 - none unset unset unset']);
});

test('overwrite-only: in the middle there is nothing to boot, and a power-up puts it right', () => {
  const start = requested('overwrite-only', false);
  const half = cutShort(start, 20, run);
  expect(half.image(0)).toBeNull();
  run(half);
  expect(summary(half)).toMatch(/^2\.0\.0 -/);
});

test('direct-xip: a half image is erased at the next boot, and the old one runs', () => {
  const flash = factory('direct-xip');
  const upload = (each: Flash): void => store(each);
  for (const operations of cuts(flash, upload).slice(0, -1)) {
    const cut = cutShort(flash, operations, upload);
    run(cut);
    expect(summary(cut)).toMatch(/^1\.0\.0 - /);
    expect(cut.active).toBe(0);
  }
});

test('direct-xip-revert: tried once and not confirmed, the new image is erased', () => {
  const flash = factory('direct-xip-revert');
  store(flash);
  flash.mark(1, false);
  run(flash);
  expect([flash.active, summary(flash)]).toEqual([1, '1.0.0 2.0.0 none good unset set']);
  const confirmed = flash.clone();
  confirmed.mark(1, true);
  for (const operations of cuts(flash, run)) {
    const cut = cutShort(flash, operations, run);
    run(cut);
    expect([cut.active, cut.image(1)]).toEqual([0, null]);
  }
  run(confirmed);
  expect(confirmed.active).toBe(1);
});

test('direct-xip-revert: an image that nobody marked is erased and not run', () => {
  const flash = factory('direct-xip-revert');
  store(flash);
  run(flash);
  expect([flash.active, flash.image(1)]).toEqual([0, null]);
});

test('ram-load runs the newest from either slot', () => {
  const flash = factory('ram-load');
  store(flash);
  run(flash);
  expect(flash.active).toBe(1);
});
