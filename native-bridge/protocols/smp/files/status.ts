import { type SmpCommand } from '../command.ts';
import { readCount } from '../fields.ts';
import { GROUP } from '../groups.ts';

/** A file's length. Zephyr, file management, "File status". */
export const fileStatus: SmpCommand<{ readonly path: string }, { readonly lengthBytes: number }> = {
  name: 'files/status',
  group: GROUP.files,
  id: 1,
  operation: 'read',
  idempotent: true,
  encode: ({ path }) => ({ name: path }),
  decode: (body) => ({ lengthBytes: readCount(body, 'len') }),
};
