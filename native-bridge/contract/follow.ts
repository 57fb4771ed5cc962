/** Readings that are followed while somebody looks at them, and what earlier visits read of the same. */
import { z } from 'zod';
import { caseIdSchema, sentenceSchema } from './common.ts';
import { readingSchema, type ReadingName } from './reading.ts';

/** What changes by itself during a visit, and is cheap to ask for. */
export const followedNames = [
  'battery.levelPercent',
  'battery.charging',
  'battery.celsius',
  'battery.millivolts',
  'network.link',
  'wifi.joined',
  'wifi.rssiDbm',
  'cellular.registered',
  'cellular.rsrpDbm',
  'cellular.sinrDb',
  'clock.utc',
  'storage.freeBytes',
] as const satisfies readonly ReadingName[];

export const followedSchema = z.object({
  /** Of this round; none while it rests. */
  readings: z.array(readingSchema),
  /** Why nothing is asked just now; null: it is asked every `everyMs`. */
  rests: sentenceSchema.nullable(),
  /** From the end of one round to the next: longer on a slow line. */
  everyMs: z.number().int(),
});
export type Followed = z.infer<typeof followedSchema>;

/** Where a value turns into a warning or a failure, by the model's profile. */
export const limitsSchema = z.object({
  batteryWarnPercent: z.number(),
  batteryFailPercent: z.number(),
  batteryHotCelsius: z.number(),
  wifiWeakDbm: z.number(),
  wifiPoorDbm: z.number(),
  cellularWeakDbm: z.number(),
  cellularPoorDbm: z.number(),
  clockWarnSeconds: z.number(),
  clockFailSeconds: z.number(),
});
export type Limits = z.infer<typeof limitsSchema>;

const earlierValueSchema = readingSchema.pick({ name: true, value: true, unit: true, atUtc: true });
export type EarlierValue = z.infer<typeof earlierValueSchema>;

export const historySchema = z.object({
  /** Oldest first; the visit that goes on is the last. */
  visits: z.array(z.object({ caseId: caseIdSchema, values: z.array(earlierValueSchema) })),
  limits: limitsSchema,
});
export type History = z.infer<typeof historySchema>;
