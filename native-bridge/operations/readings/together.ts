/** Several sequences at the same time: each value as it comes, whoever it is from. */

type Make<T> = (signal: AbortSignal) => AsyncGenerator<T, void, void>;

/**
 * Ends when all have ended. Where one throws, or the reader leaves early, the others' signal fires
 * and they are waited for.
 */
export async function* together<T>(
  makers: readonly Make<T>[],
  signal: AbortSignal,
): AsyncGenerator<T, void, void> {
  const leaving = new AbortController();
  const stop = AbortSignal.any([signal, leaving.signal]);
  const running = makers.map((make) => make(stop));
  const next = new Map(running.map((each, index) => [index, step(each, index)]));
  try {
    while (next.size > 0) {
      const { index, result } = await Promise.race(next.values());
      const source = running[index];
      // It goes to the end: one that always has something does not silence the others.
      next.delete(index);
      if (result.done === true || !source) continue;
      next.set(index, step(source, index));
      yield result.value;
    }
  } finally {
    leaving.abort();
    // What they throw now is only that they were stopped.
    await Promise.allSettled([...next.values(), ...running.map((each) => each.return())]);
  }
}

interface Step<T> {
  readonly index: number;
  readonly result: IteratorResult<T, void>;
}

function step<T>(source: AsyncGenerator<T, void, void>, index: number): Promise<Step<T>> {
  const stepping = source.next().then((result) => ({ index, result }));
  // It may fail before anybody looks at it again.
  stepping.catch(() => undefined);
  return stepping;
}
