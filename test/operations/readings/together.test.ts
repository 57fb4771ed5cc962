/** Sequences at the same time. */
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { together } from '../../../native-bridge/operations/readings/together.ts';

async function* endless(name: string, ended: string[], signal: AbortSignal) {
  try {
    yield name;
    await new Promise((_resolve, reject) =>
      signal.addEventListener('abort', () => reject(new Error(`${name} stopped`))),
    );
  } finally {
    ended.push(name);
  }
}

const never = new AbortController().signal;

describe('sequences at the same time', () => {
  it('give each value as it comes, and end when all have ended', async () => {
    let go: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => (go = resolve));
    async function* slow() {
      await gate;
      yield 'slow';
    }
    async function* quick() {
      yield 'quick 1';
      await Promise.resolve();
      yield 'quick 2';
      go();
    }
    const all: string[] = [];
    for await (const value of together<string>([slow, quick], never)) all.push(value);
    expect(all).toEqual(['quick 1', 'quick 2', 'slow']);
  });

  it('stop the others where one fails, and fail as it did', async () => {
    const ended: string[] = [];
    async function* failing(): AsyncGenerator<string, void, void> {
      yield 'once';
      await Promise.resolve();
      throw new Error('the cable');
    }
    const all: string[] = [];
    const take = async () => {
      const asked = together<string>([failing, (stop) => endless('other', ended, stop)], never);
      for await (const value of asked) all.push(value);
    };
    await expect(take()).rejects.toThrow('the cable');
    expect(all).toEqual(['once', 'other']);
    expect(ended).toEqual(['other']);
  });

  it('stop when nobody listens any more, and leave no failure behind', async () => {
    const ended: string[] = [];
    const unhandled: unknown[] = [];
    const note = (reason: unknown) => unhandled.push(reason);
    process.on('unhandledRejection', note);
    const makers = ['a', 'b'].map((name) => (stop: AbortSignal) => endless(name, ended, stop));
    for await (const value of together(makers, never)) if (value === 'b') break;
    await delay(0);
    process.off('unhandledRejection', note);
    expect(ended.toSorted()).toEqual(['a', 'b']);
    expect(unhandled).toEqual([]);
  });
});
