/** Terminals: who is at the other end, and what it is doing. */
import { z } from 'zod';
import { appResultSchema } from './app.ts';
import { sentenceSchema, terminalIdSchema, utcSchema } from './common.ts';
import { correctionSchema } from './correction.ts';
import { faultSchema } from './fault.ts';
import { flashResultSchema } from './firmware.ts';
import { portUrlSchema } from './port.ts';
import { readingSchema } from './reading.ts';

export const identitySchema = z.object({
  serialNumber: z.string().nullable(),
  /** How we know who it is. `assumed`: port path plus continuity of the slot hashes. */
  basis: z.enum(['serial-number', 'usb-serial', 'assumed']),
  model: z.string(),
  hardware: z.string().nullable(),
  firmwareVersion: z.string().nullable(),
  firmwareHash: z.string().nullable(),
});
export type Identity = z.infer<typeof identitySchema>;

/** What a terminal is doing or waiting for. */
export const activitySchema = z.object({
  kind: z.enum([
    'idle',
    'connecting',
    'reading',
    'diagnosing',
    'applying',
    'flashing',
    'waiting',
    'gone',
  ]),
  /** What it waits for, in words. */
  detail: sentenceSchema.nullable(),
  sinceUtc: utcSchema,
  /** 0..1 where it can be measured. */
  fraction: z.number().min(0).max(1).nullable(),
});
export type Activity = z.infer<typeof activitySchema>;

export const terminalSchema = z.object({
  id: terminalIdSchema,
  portUrl: portUrlSchema,
  profile: z.string(),
  /** True for a simulated terminal. */
  training: z.boolean(),
  identity: identitySchema,
  /** What the technician calls it, at every visit. */
  nickname: z.string().nullable().optional(),
  connected: z.boolean(),
  activity: activitySchema,
  /** What was cut off when it vanished, and what to do. */
  interrupted: sentenceSchema.nullable(),
  lastVisitUtc: utcSchema.nullable(),
  lastCause: z.string().nullable(),
  fault: faultSchema.nullable(),
  /** What passed on the line since it was opened; absent where its protocol does not count. */
  line: z
    .object({
      framesSent: z.number().int(),
      /** Sendings that got no reply in time. */
      lost: z.number().int(),
    })
    .optional(),
  /** Only its boot loader answers: it can be flashed, and tells nothing of itself. */
  bootLoader: z.boolean().optional(),
  /** What became of a flash that was left open at an earlier visit, or came back past its deadline. */
  settledFlash: flashResultSchema.optional(),
  /** What became of work that was cut off before, since this connection or reconnection. */
  unfinished: z
    .object({
      of: z.enum(['settings', 'app']),
      /** `waiting`: nothing was touched; the text says why and what to do. */
      state: z.enum(['settled', 'waiting']),
      text: sentenceSchema,
      correction: correctionSchema.nullable(),
      /** What became of an app. */
      app: appResultSchema.optional(),
      /** What waits, for `undoCorrection` and `leaveInterrupted`. */
      interruptedId: z.string().optional(),
    })
    .optional(),
});
export type Unfinished = NonNullable<z.infer<typeof terminalSchema>['unfinished']>;
export type Terminal = z.infer<typeof terminalSchema>;

export const terminalReadingsSchema = z.object({
  terminal: terminalSchema,
  readings: z.array(readingSchema),
});
