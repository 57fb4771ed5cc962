/** One reason above all readings where it is the same for each. */
import { describe, expect, it } from 'vitest';
import type { Fault } from '../../native-bridge/contract/fault.ts';
import type { Reading } from '../../native-bridge/contract/reading.ts';
import { faultOfAll } from '../../renderer/state/readings.svelte.ts';

const silent: Fault = { code: 'reply-timeout', facts: { command: 'shell' }, trace: [] };
const reading = (more: Partial<Reading>) =>
  ({ name: 'battery.levelPercent', value: null, failure: null, ...more }) as Reading;

describe('readings of which none was read', () => {
  it('have one reason where it is the same', () => {
    const all = [reading({ failure: silent }), reading({ failure: silent }), reading({})];
    expect(faultOfAll(all)).toEqual(silent);
  });

  it('have one each where the reasons differ', () => {
    const other: Fault = { ...silent, code: 'command-refused' };
    expect(faultOfAll([reading({ failure: silent }), reading({ failure: other })])).toBeNull();
  });

  it('have none for all where one was read, or there are none', () => {
    expect(faultOfAll([reading({ failure: silent }), reading({ value: 80 })])).toBeNull();
    expect(faultOfAll([reading({})])).toBeNull();
    expect(faultOfAll([])).toBeNull();
  });
});
