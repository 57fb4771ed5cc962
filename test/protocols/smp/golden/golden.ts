/** One exchange whose bytes are known: what is asked, what goes out, what comes back, what it means. */
import type { SmpCommand } from '../../../../native-bridge/protocols/smp/command.ts';
import type { SmpVersion } from '../../../../native-bridge/protocols/smp/header.ts';

export interface Golden {
  readonly says: string;
  /** From a recording of a real server, or written by hand after Zephyr's documentation. */
  readonly source: 'recorded' | 'derived';
  readonly command: SmpCommand<never, unknown>;
  readonly params: unknown;
  readonly version: SmpVersion;
  readonly sequence: number;
  /** In the notation of bytes.ts. */
  readonly request: string;
  readonly reply: string;
  readonly result: unknown;
}

/** Checks that parameters and result are those of the command. */
export function golden<Params, Result>(
  command: SmpCommand<Params, Result>,
  exchange: Omit<Golden, 'command' | 'params' | 'result' | 'version'> & {
    readonly params: Params;
    readonly result: Result;
    readonly version?: SmpVersion;
  },
): Golden {
  return { version: 2, ...exchange, command };
}
