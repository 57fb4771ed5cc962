/** Statistics: the counters that a terminal's own firmware keeps, in groups that it names itself. */
import { z } from 'zod';
import { terminalIdSchema, utcSchema } from './common.ts';
import { faultSchema } from './fault.ts';

export const statisticsFieldSchema = z.object({
  /** The firmware's own name for it: plain text, in no language; `s0`, `s1`… where it keeps none. */
  name: z.string(),
  /** A whole number in decimal digits: counters have up to 64 bits, more than a JSON number holds. */
  value: z.string().regex(/^-?\d{1,20}$/),
});
export type StatisticsField = z.infer<typeof statisticsFieldSchema>;

export const statisticsGroupSchema = z.object({
  name: z.string(),
  fields: z.array(statisticsFieldSchema),
  /** How many more fields it has than are here. */
  omittedFields: z.number().int().min(0),
  /** Why it could not be read; then it has no fields. */
  failure: faultSchema.nullable(),
});
export type StatisticsGroup = z.infer<typeof statisticsGroupSchema>;

export const terminalStatisticsSchema = z.object({
  terminalId: terminalIdSchema,
  /** When the last of them was read. */
  atUtc: utcSchema,
  /** False: this terminal's firmware keeps none, which is no fault. */
  supported: z.boolean(),
  groups: z.array(statisticsGroupSchema),
  /** How many more groups it has than were read. */
  omittedGroups: z.number().int().min(0),
});
export type TerminalStatistics = z.infer<typeof terminalStatisticsSchema>;

/** Before each group is read. */
export const statisticsProgressSchema = z.object({
  group: z.string(),
  /** 1 for the first. */
  number: z.number().int(),
  of: z.number().int(),
});
