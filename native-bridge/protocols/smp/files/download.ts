import { type SmpCommand } from '../command.ts';
import { optional, readBytes, readCount } from '../fields.ts';
import { GROUP } from '../groups.ts';

export interface FileDownloadReply {
  readonly offsetBytes: number;
  readonly data: Uint8Array;
  /** The file's length: with the first piece, and maybe with others. */
  readonly totalBytes: number | null;
}

/** A piece of a file, as large as the device likes. Zephyr, file management, "File download". */
export const fileDownload: SmpCommand<
  { readonly path: string; readonly offsetBytes: number },
  FileDownloadReply
> = {
  name: 'files/download',
  group: GROUP.files,
  id: 0,
  operation: 'read',
  idempotent: true,
  encode: ({ path, offsetBytes }) => ({ name: path, off: offsetBytes }),
  decode: (body) => ({
    offsetBytes: readCount(body, 'off'),
    data: readBytes(body, 'data'),
    totalBytes: optional(readCount, body, 'len'),
  }),
};
