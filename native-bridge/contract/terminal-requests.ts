/** Terminals: finding them, connecting, and reading what is true of them. */
import { z } from 'zod';
import { fileIdSchema, sentenceSchema, terminalIdSchema, utcSchema } from './common.ts';
import { portListSchema, portUrlSchema } from './port.ts';
import { followedSchema, historySchema } from './follow.ts';
import { readingNameSchema, readingSchema, samplingProgressSchema } from './reading.ts';
import { statisticsProgressSchema, terminalStatisticsSchema } from './statistics.ts';
import { terminalReadingsSchema, terminalSchema } from './terminal.ts';

const none = z.never();

export const terminalRequests = {
  listPorts: {
    /** `all`: also those that are to be left alone. */
    params: z.object({ all: z.boolean().default(false) }),
    progress: none,
    result: portListSchema,
  },
  /** Runs until cancelled; each progress is the whole list, newest state. */
  watchTerminals: {
    params: z.object({}),
    progress: z.object({ ports: portListSchema, terminals: z.array(terminalSchema) }),
    result: z.object({}),
  },
  /** Opens a port the technician chose, recognises the terminal, keeps the session open. */
  connect: {
    params: z.object({
      portUrl: portUrlSchema,
      /** A shipped profile by name; null: recognised. */
      profile: z.string().nullable().default(null),
      /** A profile of one's own instead. */
      profileFileId: fileIdSchema.nullable().default(null),
      merchantFileId: fileIdSchema.nullable().default(null),
    }),
    /** Only where nobody answers yet and there is a reason to wait for it. */
    progress: z.object({ waitingFor: sentenceSchema, untilUtc: utcSchema }),
    result: terminalSchema,
  },
  disconnect: {
    params: z.object({ terminalId: terminalIdSchema }),
    progress: none,
    result: z.object({}),
  },
  readTerminal: {
    params: z.object({
      terminalId: terminalIdSchema,
      names: z.array(readingNameSchema).nullable().default(null),
    }),
    progress: z.union([z.object({ reading: readingSchema }), samplingProgressSchema]),
    result: terminalReadingsSchema,
  },
  /**
   * Reads what is worth following now and then, as long as nobody else needs the line; runs until it
   * is cancelled or the terminal is let go. Each progress is one round, or why there is none.
   */
  watchReadings: {
    params: z.object({ terminalId: terminalIdSchema }),
    progress: followedSchema,
    result: z.object({}),
  },
  /** What earlier visits read last, and where a value turns bad. */
  readHistory: {
    params: z.object({
      terminalId: terminalIdSchema,
      visits: z.number().int().min(1).max(100).default(30),
    }),
    progress: none,
    result: historySchema,
  },
  /** What a technician calls it from now on; null or empty: nothing. */
  nameTerminal: {
    params: z.object({
      terminalId: terminalIdSchema,
      nickname: z.string().trim().max(40).nullable(),
    }),
    progress: none,
    result: z.object({ nickname: z.string().nullable() }),
  },
  /** The counters that the terminal's own firmware keeps. */
  readStatistics: {
    params: z.object({ terminalId: terminalIdSchema }),
    progress: statisticsProgressSchema,
    result: terminalStatisticsSchema,
  },
};
