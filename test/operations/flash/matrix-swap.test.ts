/** Every mishap at every moment of a flash whose boot loader swaps without a scratch area. */
import { describe, expect, it } from 'vitest';
import { mishaps, moments } from './cells.ts';
import { runMatrix } from './run-matrix.ts';

const steps = [
  ...['plan', 'backup', 'enter', 'verify', 'activate', 're-identify', 'confirm', 'restore'],
  ...[0, 1, 50, 99, 100].map((percent) => `transfer at ${percent} %`),
  ...['swap, early', 'swap, middle', 'swap, late'],
];
const events = [
  ...['cable pulled', 'device reset', 'power lost', 'program killed', 'port stolen'],
  ...['other device in its place', 'host asleep for an hour', 'reply lost', 'reply doubled'],
  ...['lies about the stored hash', 'lies about the running hash', 'lies about its version'],
  ...['ahead', 'back', 'beyond'].map((where) => `lies ${where} about the offset`),
];

describe('a flash', () => {
  it('has a cell for every step and every event', () => {
    const names = (list: readonly { readonly name: string }[]) => list.map(({ name }) => name);
    expect(names(moments)).toEqual(expect.arrayContaining(steps));
    expect(names(mishaps)).toEqual(expect.arrayContaining(events));
  });

  runMatrix({ name: 'swap', stage: { bootloaderMode: 'swap' } });
});
