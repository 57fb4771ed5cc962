import { type CborMap } from '../../cbor.ts';
import { type SmpCommand } from '../command.ts';
import { isMap, readCount, readMap } from '../fields.ts';
import { GROUP } from '../groups.ts';
import { encodeNothing } from '../nothing.ts';

export interface MemoryPool {
  readonly blockBytes: number;
  readonly blocks: number;
  readonly freeBlocks: number;
  /** The fewest that were ever free. */
  readonly minFreeBlocks: number;
}

/**
 * Memory pools, by name. Zephyr's documentation has them at the top of the reply, Mynewt's servers
 * in a map `mpools`; both are taken. Zephyr, OS group, "Memory pool statistics".
 */
export const memoryPools: SmpCommand<void, { readonly pools: ReadonlyMap<string, MemoryPool> }> = {
  name: 'os/memory-pools',
  group: GROUP.os,
  id: 3,
  operation: 'read',
  idempotent: true,
  encode: encodeNothing,
  decode: (body) => {
    const pools = body.has('mpools') ? readMap(body, 'mpools') : body;
    const found = [...pools].flatMap(([name, value]) =>
      isMap(value) ? [[name, pool(value)] as const] : [],
    );
    return { pools: new Map(found) };
  },
};

function pool(body: CborMap): MemoryPool {
  return {
    blockBytes: readCount(body, 'blksiz'),
    blocks: readCount(body, 'nblks'),
    freeBlocks: readCount(body, 'nfree'),
    minFreeBlocks: readCount(body, 'min'),
  };
}
