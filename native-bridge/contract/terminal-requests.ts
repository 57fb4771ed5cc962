/** Terminals: finding them, connecting, and reading what is true of them. */
import { z } from 'zod';
import { fileIdSchema, sentenceSchema, terminalIdSchema, utcSchema } from './common.ts';
import { portListSchema, portUrlSchema } from './port.ts';
import { readingNameSchema, readingSchema, samplingProgressSchema } from './reading.ts';
import { statisticsProgressSchema, terminalStatisticsSchema } from './statistics.ts';
import { terminalReadingsSchema, terminalSchema } from './terminal.ts';

const none = z.never();

export const terminalRequests = {
  listPorts: { params: z.object({}), progress: none, result: portListSchema },
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
  /** The counters that the terminal's own firmware keeps. */
  readStatistics: {
    params: z.object({ terminalId: terminalIdSchema }),
    progress: statisticsProgressSchema,
    result: terminalStatisticsSchema,
  },
};
