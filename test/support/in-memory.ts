/** A file that is only bytes, and a generator run to its end. */
import type { RandomAccess } from '../../native-bridge/firmware/random-access.ts';

export interface InMemory extends RandomAccess {
  /** The most that was ever asked for at once. */
  readonly largestReadBytes: number;
}

export function inMemory(bytes: Uint8Array): InMemory {
  let largestReadBytes = 0;
  return {
    sizeBytes: bytes.length,
    get largestReadBytes() {
      return largestReadBytes;
    },
    read: (offsetBytes, lengthBytes) => {
      largestReadBytes = Math.max(largestReadBytes, lengthBytes);
      return Promise.resolve(
        Uint8Array.from(bytes.subarray(offsetBytes, offsetBytes + lengthBytes)),
      );
    },
  };
}

export async function resultOf<T>(work: AsyncGenerator<unknown, T, void>): Promise<T> {
  for (;;) {
    const step = await work.next();
    if (step.done === true) return step.value;
  }
}
