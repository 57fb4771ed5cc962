import { type SmpCommand } from '../command.ts';
import { readCount } from '../fields.ts';
import { GROUP } from '../groups.ts';
import { encodeNothing } from '../nothing.ts';

export interface SmpParameters {
  /** The device's reassembly buffer; a packet may have 4 bytes less (length and checksum). */
  readonly bufferBytes: number;
  /** Buffers it has for requests and replies together. */
  readonly bufferCount: number;
}

/** How much the device takes at a time. Zephyr, OS group, "MCUmgr Parameters". */
export const parameters: SmpCommand<void, SmpParameters> = {
  name: 'os/parameters',
  group: GROUP.os,
  id: 6,
  operation: 'read',
  idempotent: true,
  encode: encodeNothing,
  decode: (body) => ({
    bufferBytes: readCount(body, 'buf_size'),
    bufferCount: readCount(body, 'buf_count'),
  }),
};
