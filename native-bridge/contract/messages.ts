/** What travels between window and bridge. */
import { z } from 'zod';
import { faultSchema } from './fault.ts';

export const toBridgeSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('request'),
    id: z.number().int(),
    name: z.string(),
    params: z.unknown(),
  }),
  z.object({ type: z.literal('cancel'), id: z.number().int() }),
  /** The reader took this many progress batches; the bridge keeps at most two ahead. */
  z.object({ type: z.literal('ack'), id: z.number().int() }),
]);
export type ToBridge = z.infer<typeof toBridgeSchema>;

export const fromBridgeSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('progress'), id: z.number().int(), batch: z.array(z.unknown()) }),
  z.object({ type: z.literal('result'), id: z.number().int(), result: z.unknown() }),
  z.object({ type: z.literal('fault'), id: z.number().int(), fault: faultSchema }),
]);
export type FromBridge = z.infer<typeof fromBridgeSchema>;
