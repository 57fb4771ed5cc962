import { describe, expect, it } from 'vitest';
import { LineArbiter, type LineUse } from '../../native-bridge/connections/line-arbiter.ts';

const longMs = 10_000;

describe('who may use a line', () => {
  it('lets one at a time have it', async () => {
    const line = new LineArbiter();
    const order: string[] = [];
    const first = await line.acquire('read', longMs);
    const second = line.acquire('read', longMs).then(() => order.push('second'));
    order.push('first still has it');
    first.release();
    await second;
    expect(order).toEqual(['first still has it', 'second']);
  });

  it('gives it to a flash before an apply, a read and a poll, whoever came first', async () => {
    const line = new LineArbiter();
    const order: LineUse[] = [];
    const first = await line.acquire('read', longMs);
    const uses: LineUse[] = ['poll', 'read', 'apply', 'flash'];
    const all = uses.map(async (use) => {
      const hold = await line.acquire(use, longMs);
      order.push(use);
      hold.release();
    });
    first.release();
    await Promise.all(all);
    expect(order).toEqual(['flash', 'apply', 'read', 'poll']);
  });

  it('lets nobody wait for a flash: they are told at once', async () => {
    const line = new LineArbiter();
    await line.acquire('flash', longMs);
    await expect(line.acquire('read', longMs)).rejects.toMatchObject({
      fault: { code: 'terminal-busy', facts: { doing: 'flash' } },
    });
  });

  it('says who has it when the wait is over', async () => {
    const line = new LineArbiter();
    await line.acquire('apply', longMs);
    await expect(line.acquire('read', 5)).rejects.toMatchObject({
      fault: { code: 'terminal-busy', facts: { doing: 'apply' } },
    });
  });

  it('forgets a waiter that was cancelled', async () => {
    const line = new LineArbiter();
    const first = await line.acquire('read', longMs);
    const gone = new AbortController();
    const cancelled = line.acquire('read', longMs, gone.signal);
    gone.abort();
    await expect(cancelled).rejects.toMatchObject({ fault: { code: 'cancelled' } });
    first.release();
    expect(line.holder).toBeNull();
  });

  it('does nothing at a second release, so that it cannot give away what another took', async () => {
    const line = new LineArbiter();
    const first = await line.acquire('read', longMs);
    first.release();
    await line.acquire('apply', longMs);
    first.release();
    expect(line.holder).toBe('apply');
  });
});
