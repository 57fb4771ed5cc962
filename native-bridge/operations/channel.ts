/** From callbacks to an async sequence: bounded, the oldest value gives way to the newest. */
export interface Channel<T> {
  readonly push: (value: T) => void;
  readonly end: () => void;
  /** Waits for at least one value, takes at most `limit`; empty: ended. */
  nextBatch(limit: number): Promise<T[]>;
  values(): AsyncGenerator<T, void, void>;
}

export function channel<T>(limit = 256): Channel<T> {
  const queue: T[] = [];
  let ended = false;
  let wake: (() => void) | null = null;
  const ring = () => {
    wake?.();
    wake = null;
  };
  const nextBatch = async (count: number): Promise<T[]> => {
    while (queue.length === 0 && !ended) await new Promise<void>((resolve) => (wake = resolve));
    return queue.splice(0, count);
  };
  return {
    push: (value) => {
      if (ended) return;
      if (queue.length === limit) queue.shift();
      queue.push(value);
      ring();
    },
    end: () => {
      ended = true;
      ring();
    },
    nextBatch,
    async *values() {
      for (;;) {
        const [value] = await nextBatch(1);
        if (value === undefined) return;
        yield value;
      }
    },
  };
}
