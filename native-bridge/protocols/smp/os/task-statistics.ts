import { type CborMap } from '../../cbor.ts';
import { type SmpCommand } from '../command.ts';
import { optional, readCount, readInteger, readMap } from '../fields.ts';
import { GROUP } from '../groups.ts';
import { encodeNothing } from '../nothing.ts';

export interface TaskStatistics {
  readonly priority: number;
  readonly id: number;
  /** Bits of the operating system's own. */
  readonly state: number;
  /** Stack sizes are counted in words of 4 bytes; null where the device does not measure them. */
  readonly stackUsedWords: number | null;
  readonly stackSizeWords: number | null;
  readonly contextSwitches: number | null;
  readonly runtimeTicks: number | null;
}

/** The device's threads, by name. Zephyr, OS group, "Task statistics". */
export const taskStatistics: SmpCommand<
  void,
  { readonly tasks: ReadonlyMap<string, TaskStatistics> }
> = {
  name: 'os/task-statistics',
  group: GROUP.os,
  id: 2,
  operation: 'read',
  idempotent: true,
  encode: encodeNothing,
  decode: (body) => {
    const tasks = readMap(body, 'tasks');
    return { tasks: new Map([...tasks.keys()].map((name) => [name, task(readMap(tasks, name))])) };
  },
};

function task(body: CborMap): TaskStatistics {
  return {
    priority: readInteger(body, 'prio'),
    id: readCount(body, 'tid'),
    state: readCount(body, 'state'),
    stackUsedWords: optional(readCount, body, 'stkuse'),
    stackSizeWords: optional(readCount, body, 'stksiz'),
    contextSwitches: optional(readCount, body, 'cswcnt'),
    runtimeTicks: optional(readCount, body, 'runtime'),
  };
}
