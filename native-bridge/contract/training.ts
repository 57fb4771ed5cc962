/** Training: simulated terminals, and what can be wrong with them. */
import { z } from 'zod';
import { fileIdSchema } from './common.ts';
import { portUrlSchema } from './port.ts';

const none = z.never();

/**
 * The code box shows a code to the payer; the counter terminal scans the payer's. The other two run
 * Android and answer to ADB: AT-700 version 7.1, AT-900 version 13.
 */
export const trainingModelSchema = z.enum(['codebox', 'counter', 'at-700', 'at-900']);
export type TrainingModel = z.infer<typeof trainingModelSchema>;

/**
 * What the shop has: Wi-Fi (and 4G behind it), 4G alone, or a cable (the counter terminal only). A
 * terminal with Android is trained with Wi-Fi.
 */
export const trainingUplinkSchema = z.enum(['wifi', 'cellular', 'ethernet']);
export type TrainingUplink = z.infer<typeof trainingUplinkSchema>;

/** Of the terminal and what is around it, of the line, or of the way a system is installed. */
export const trainingFaultKindSchema = z.enum(['terminal', 'line', 'flash']);

/**
 * How a fault goes away: a correction, new firmware, an app that is installed or switched on, or only
 * when somebody switches it off.
 */
export const trainingFaultEndSchema = z.enum(['setting', 'firmware', 'app', 'control']);

/** A code held before the simulated scanner; what is not said is as on a wallet's screen. */
export const presentedCodeSchema = z.object({
  text: z
    .string()
    .min(1)
    .max(512)
    .regex(/^\P{Cc}*$/u),
  level: z.enum(['L', 'M', 'Q', 'H']).optional(),
  /** Edge of the code, without the quiet zone around it. */
  sizeMm: z.number().min(0).max(200).optional(),
  contrastPercent: z.number().min(0).max(100).optional(),
  damagePercent: z.number().min(0).max(100).optional(),
  rotatedDegrees: z.number().min(0).max(360).optional(),
  inverted: z.boolean().optional(),
  /** On a screen; false: on paper, which needs the scanner's light. */
  lit: z.boolean().optional(),
});
export type PresentedCode = z.infer<typeof presentedCodeSchema>;

/** What a file is to practise: an update that works, or why it must not be installed; a first app. */
export const trainingAppKindSchema = z.enum(['update', 'older', 'stranger', 'damaged', 'new']);
export type TrainingAppKind = z.infer<typeof trainingAppKindSchema>;

export const trainingRequests = {
  /**
   * Starts a simulated terminal in a process of its own; it ends with the bridge. Throws
   * `simulator-failed` where the model can't have a fault, the uplink or the line, `needs-socat`.
   */
  startTraining: {
    params: z.object({
      model: trainingModelSchema.default('codebox'),
      faults: z.array(z.string()).default([]),
      uplink: trainingUplinkSchema.default('wifi'),
      /** Of a terminal on a serial line; Android's answers to ADB over TCP. */
      transport: z.enum(['tcp', 'pty']).default('tcp'),
      baud: z.number().int().default(115200),
      /** It runs 1.9.9, and 2.0.0 is admitted; false: it runs 2.0.0. Not for Android. */
      updateDue: z.boolean().default(true),
    }),
    progress: none,
    result: z.object({
      trainingId: z.string(),
      portUrl: portUrlSchema,
      /** The training merchant's expected values; used by itself when this bridge connects. */
      merchantFile: z.string(),
      /** Apps to practise installing with; none where it has no Android. Gone with the bridge. */
      appFiles: z.array(z.object({ kind: trainingAppKindSchema, path: z.string() })),
    }),
  },
  /** The simulated terminals that run, in the order in which they were started: a window that was reloaded asks. */
  listTrainings: {
    params: z.object({}),
    progress: none,
    result: z.object({
      trainings: z.array(
        z.object({
          trainingId: z.string(),
          portUrl: portUrlSchema,
          model: trainingModelSchema,
          /** On now. */
          faults: z.array(z.string()),
          /** Its cable. */
          plugged: z.boolean(),
        }),
      ),
    }),
  },
  /** Apps of the simulated terminal at this address, as files that can be asked for. */
  listTrainingApps: {
    params: z.object({ portUrl: portUrlSchema }),
    progress: none,
    result: z.object({
      apps: z.array(
        z.object({
          kind: trainingAppKindSchema,
          fileId: fileIdSchema,
          name: z.string(),
          sizeBytes: z.number().int(),
        }),
      ),
    }),
  },
  /** Firmware to practise with: the update that a simulated terminal of this address is due. */
  listTrainingImages: {
    params: z.object({ portUrl: portUrlSchema }),
    progress: none,
    result: z.object({
      images: z.array(
        z.object({ fileId: fileIdSchema, name: z.string(), sizeBytes: z.number().int() }),
      ),
    }),
  },
  /** Ends the simulated terminal's process; its port goes as a real one's does. */
  stopTraining: {
    params: z.object({ trainingId: z.string() }),
    progress: none,
    result: z.object({}),
  },
  setTrainingFault: {
    params: z.object({ trainingId: z.string(), fault: z.string(), on: z.boolean() }),
    progress: none,
    result: z.object({ faults: z.array(z.string()) }),
  },
  /** Pulls or plugs the simulated terminal's cable: its port really goes and comes back. */
  setTrainingCable: {
    params: z.object({ trainingId: z.string(), plugged: z.boolean() }),
    progress: none,
    result: z.object({}),
  },
  /**
   * Holds a code before the scanner of the simulated terminal at this address. Throws
   * `simulator-failed` where there is none, or it has no scanner.
   */
  presentTrainingCode: {
    params: z.object({ portUrl: portUrlSchema, code: presentedCodeSchema }),
    progress: none,
    /** How long the read will take; null: it will not be read. */
    result: z.object({ decodeMs: z.number().int().nullable() }),
  },
  listTrainingFaults: {
    params: z.object({}),
    progress: none,
    result: z.object({
      faults: z.array(
        z.object({
          name: z.string(),
          kind: trainingFaultKindSchema,
          description: z.string(),
          clearedBy: trainingFaultEndSchema,
          /** Which simulated terminals can have it. */
          models: z.array(trainingModelSchema),
        }),
      ),
    }),
  },
} as const;
