import { describe, expect, it } from 'vitest';
import { channel } from '../../native-bridge/operations/channel.ts';

async function all<T>(values: AsyncGenerator<T, void, void>): Promise<T[]> {
  const list: T[] = [];
  for await (const value of values) list.push(value);
  return list;
}

describe('a channel', () => {
  it('gives every value in order and then ends', async () => {
    const numbers = channel<number>();
    const read = all(numbers.values());
    numbers.push(1);
    numbers.push(2);
    await Promise.resolve();
    numbers.push(3);
    numbers.end();
    expect(await read).toEqual([1, 2, 3]);
  });

  it('lets the oldest give way when nobody reads', async () => {
    const numbers = channel<number>(2);
    for (const n of [1, 2, 3]) numbers.push(n);
    numbers.end();
    expect(await all(numbers.values())).toEqual([2, 3]);
  });

  it('gives what waits as one batch', async () => {
    const numbers = channel<number>();
    for (const n of [1, 2, 3]) numbers.push(n);
    expect(await numbers.nextBatch(2)).toEqual([1, 2]);
    expect(await numbers.nextBatch(2)).toEqual([3]);
  });

  it('takes nothing after its end', async () => {
    const numbers = channel<number>();
    numbers.end();
    numbers.push(1);
    expect(await numbers.nextBatch(1)).toEqual([]);
  });
});
