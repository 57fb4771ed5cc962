/** Writes sparse images chunk by chunk (libsparse, sparse_format.h), good ones and lying ones. */

export interface ChunkPlan {
  readonly type: number;
  readonly blocks: number;
  readonly data?: Uint8Array;
  /** What it says of its size, where that differs. */
  readonly totalBytes?: number;
}

export const chunkTypes = { raw: 0xcac1, fill: 0xcac2, skip: 0xcac3, crc: 0xcac4 } as const;

export interface SparsePlan {
  readonly chunks: readonly ChunkPlan[];
  readonly blockBytes?: number;
  readonly blocks?: number;
  readonly chunkCount?: number;
  readonly major?: number;
  readonly headerBytes?: number;
  readonly chunkHeaderBytes?: number;
  readonly tail?: Uint8Array;
}

export function makeSparse(plan: SparsePlan): Buffer {
  const { headerBytes = 28, chunkHeaderBytes = 12 } = plan;
  const header = Buffer.alloc(Math.max(28, headerBytes));
  header.writeUInt32LE(0xed26ff3a, 0);
  header.writeUInt16LE(plan.major ?? 1, 4);
  header.writeUInt16LE(headerBytes, 8);
  header.writeUInt16LE(chunkHeaderBytes, 10);
  header.writeUInt32LE(plan.blockBytes ?? 4096, 12);
  header.writeUInt32LE(plan.blocks ?? plan.chunks.reduce((sum, { blocks }) => sum + blocks, 0), 16);
  header.writeUInt32LE(plan.chunkCount ?? plan.chunks.length, 20);
  const chunks = plan.chunks.flatMap(({ type, blocks, data = new Uint8Array(), totalBytes }) => {
    const head = Buffer.alloc(Math.max(12, chunkHeaderBytes));
    head.writeUInt16LE(type, 0);
    head.writeUInt32LE(blocks, 4);
    head.writeUInt32LE(totalBytes ?? head.length + data.length, 8);
    return [head, data];
  });
  return Buffer.concat([header, ...chunks, plan.tail ?? new Uint8Array()]);
}
