/** Memory that a port reads into, and when it is used again. */
import { describe, expect, it } from 'vitest';
import { ReceiveSlabs } from '../../native-bridge/ports/receive-slabs.ts';

/** `count` bytes of `value` come in. */
function read(slabs: ReceiveSlabs, count: number, value = 0): Uint8Array {
  const room = slabs.room();
  expect(room.length).toBeGreaterThanOrEqual(count);
  room.fill(value, 0, count);
  return slabs.take(count);
}

const placeOf = ({ buffer, byteOffset }: Uint8Array) => ({ buffer, byteOffset });

describe('what is read', () => {
  it('stands one after the other', () => {
    const slabs = new ReceiveSlabs();
    const [first, second] = [read(slabs, 100, 1), read(slabs, 50, 2)];
    expect(second.buffer).toBe(first.buffer);
    expect(second.byteOffset).toBe(100);
    expect([first[99], second[0]]).toEqual([1, 2]);
  });

  it('and kept is never written again, however much follows', () => {
    const slabs = new ReceiveSlabs();
    const kept = read(slabs, 1000, 7);
    for (let turn = 0; turn < 2000; turn++) slabs.giveBack(read(slabs, 16_000, 9));
    expect(kept.every((byte) => byte === 7)).toBe(true);
  });

  it('and given back makes room at the same place', () => {
    const slabs = new ReceiveSlabs();
    const first = read(slabs, 1000);
    slabs.giveBack(first.subarray(0, 400));
    const second = read(slabs, 1000);
    expect(second.byteOffset).toBe(1000);
    slabs.giveBack(first.subarray(400));
    slabs.giveBack(second);
    expect(placeOf(read(slabs, 10))).toEqual(placeOf(first));
  });
});

it('a full slab whose bytes come back late is used again', () => {
  const slabs = new ReceiveSlabs();
  const held: Uint8Array[] = [];
  const buffers = new Set<ArrayBufferLike>();
  for (let turn = 0; turn < 400; turn++) {
    const bytes = read(slabs, 16 * 1024);
    buffers.add(bytes.buffer);
    held.push(bytes);
    if (held.length > 100) slabs.giveBack(held.shift() as Uint8Array);
  }
  const before = buffers.size;
  for (let turn = 0; turn < 4000; turn++) {
    const bytes = read(slabs, 16 * 1024);
    buffers.add(bytes.buffer);
    held.push(bytes);
    slabs.giveBack(held.shift() as Uint8Array);
  }
  expect(buffers.size - before).toBeLessThanOrEqual(2);
});

it('memory of somebody else is not taken', () => {
  const slabs = new ReceiveSlabs();
  slabs.giveBack(new Uint8Array(4 * 1024 * 1024));
  expect(slabs.room().length).toBe(64 * 1024);
});
