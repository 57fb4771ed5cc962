import { type SmpCommand } from '../command.ts';
import { GROUP } from '../groups.ts';
import { decodeNothing } from '../nothing.ts';

export interface ResetParams {
  /** After a refusal with `busy`: restart all the same. A flag to the servers, though documented as a number. */
  readonly force?: boolean;
  /** Where to start, as the application defines it (Zephyr 4.1 and later). */
  readonly bootMode?: number;
}

/** Restarts the device; the reply comes first. Zephyr, OS group, "System reset". */
export const reset: SmpCommand<ResetParams, void> = {
  name: 'os/reset',
  group: GROUP.os,
  id: 5,
  operation: 'write',
  idempotent: false,
  encode: ({ force, bootMode }) => ({
    force: force === true ? true : undefined,
    boot_mode: bootMode,
  }),
  decode: decodeNothing,
};
