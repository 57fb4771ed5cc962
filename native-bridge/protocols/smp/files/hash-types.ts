import { type CborMap } from '../../cbor.ts';
import { type SmpCommand } from '../command.ts';
import { SmpFormatError } from '../errors.ts';
import { readCount, readMap } from '../fields.ts';
import { GROUP } from '../groups.ts';
import { encodeNothing } from '../nothing.ts';

export interface FileHashType {
  readonly format: 'number' | 'bytes';
  readonly sizeBytes: number;
}

/** Which hashes and checksums of files the device can make. Zephyr, file management. */
export const fileHashTypes: SmpCommand<
  void,
  { readonly types: ReadonlyMap<string, FileHashType> }
> = {
  name: 'files/hash-types',
  group: GROUP.files,
  id: 3,
  operation: 'read',
  idempotent: true,
  encode: encodeNothing,
  decode: (body) => {
    const types = readMap(body, 'types');
    return { types: new Map([...types.keys()].map((name) => [name, type(readMap(types, name))])) };
  },
};

function type(body: CborMap): FileHashType {
  const format = readCount(body, 'format');
  if (format > 1) throw new SmpFormatError('field-range', { field: 'format' });
  return { format: format === 0 ? 'number' : 'bytes', sizeBytes: readCount(body, 'size') };
}
