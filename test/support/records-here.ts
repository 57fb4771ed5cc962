/**
 * The records without their worker thread: the same methods over the same database, in this
 * thread, for tests under virtual time (a thread lives in real time).
 */
import type { Records } from '../../native-bridge/records/types.ts';
import { openWorker } from '../../native-bridge/records/worker-methods.ts';

export interface RecordsHere {
  readonly records: Records;
  /** As if the process had been killed: nothing is answered any more, its locks are gone. */
  kill(): Promise<void>;
}

export function openRecordsHere(dataFolder: string, program: string): RecordsHere {
  const worker = openWorker({ dataFolder, program, busyTimeoutMs: 100 });
  let killed = false;
  const isKilled = (): boolean => killed;
  const alive = <Args extends unknown[], T>(method: (...args: Args) => Promise<T>) => {
    return async (...args: Args): Promise<T> => {
      if (isKilled()) return await never<T>();
      let value: T;
      try {
        value = await method(...args);
      } catch (error) {
        throw worker.toError(error);
      }
      // What was written is written; nobody is there to hear of it.
      return isKilled() ? await never<T>() : value;
    };
  };
  const entries = Object.entries(worker.methods).map(([name, method]) => [
    name,
    alive(method as (...args: unknown[]) => Promise<unknown>),
  ]);
  const methods = Object.fromEntries(entries) as typeof worker.methods;
  let nextToken = 1;
  const records: Records = {
    ...methods,
    dataFolder,
    acquire: async (name, options) => {
      const token = `lock ${nextToken++}`;
      await methods.acquireLock(token, name, options?.program ?? program);
      return { name, release: () => methods.releaseLock(token) };
    },
  };
  return {
    records,
    kill: async () => {
      killed = true;
      await worker.methods.close();
    },
  };
}

function never<T>(): Promise<T> {
  return new Promise<T>(() => undefined);
}
