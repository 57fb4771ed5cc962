/** The simulators: programs of ours that play terminals and acquirers, each a process of its own. */
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import type { z } from 'zod';
import { BridgeFault } from '../../contract/bridge-fault.ts';
import { LineReader } from './line-reader.ts';

const listTimeoutMs = 10_000;

/** What runs them. */
export interface Runtime {
  /** The Node program. */
  readonly node: string;
  /** Where their bundles and images are; undefined: where those of this program are. */
  readonly programsFolder?: string | undefined;
}

export class Simulators {
  readonly programsFolder: string | undefined;
  readonly #node: string;

  constructor({ node, programsFolder }: Runtime = { node: process.execPath }) {
    this.#node = node;
    this.programsFolder = programsFolder;
  }

  spawn(program: string, args: readonly string[]): ChildProcessWithoutNullStreams {
    // A group of its own: Ctrl-C is for us, not for the terminal. It ends when its stdin closes.
    const detached = process.platform !== 'win32';
    return spawn(this.#node, [program, ...args], { detached });
  }

  /** What the program says to `--list-faults`. Throws `simulator-failed`. */
  async faultsOf<T>(program: string, schema: z.ZodType<T>): Promise<T> {
    const child = this.spawn(program, ['--list-faults']);
    try {
      const list = schema.safeParse(await new LineReader(child).next(listTimeoutMs));
      if (!list.success) throw new BridgeFault('simulator-failed', { reason: 'no list of faults' });
      return list.data;
    } finally {
      child.kill();
    }
  }
}
