import { type SmpCommand } from '../command.ts';
import { readCount } from '../fields.ts';
import { GROUP } from '../groups.ts';

export interface FileUploadParams {
  /** Absolute. */
  readonly path: string;
  readonly offsetBytes: number;
  readonly data: Uint8Array;
  /** Only at offset 0. */
  readonly totalBytes: number | null;
}

/**
 * A piece of a file; at offset 0 it begins anew. A piece at another offset than the file's end is
 * refused. Zephyr, file management, "File upload".
 */
export const fileUpload: SmpCommand<FileUploadParams, { readonly offsetBytes: number }> = {
  name: 'files/upload',
  group: GROUP.files,
  id: 0,
  operation: 'write',
  idempotent: true,
  encode: ({ path, offsetBytes, data, totalBytes }) => ({
    name: path,
    len: totalBytes ?? undefined,
    off: offsetBytes,
    data,
  }),
  decode: (body) => ({ offsetBytes: readCount(body, 'off') }),
};
