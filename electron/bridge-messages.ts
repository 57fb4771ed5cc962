/**
 * What the app's main process and the bridge's process say to each other. Ports to windows travel
 * beside the first; files are named here and nowhere else.
 */
import { z } from 'zod';
import { faultSchema } from '../native-bridge/contract/fault.ts';
import { fileInfoSchema } from '../native-bridge/contract/common.ts';

export const workKindSchema = z.enum([
  'flash',
  'settings',
  'backup',
  'app',
  'diagnosis',
  'scanner',
  'settling',
]);

export const toProcessSchema = z.discriminatedUnion('type', [
  /** The one port that comes along belongs to a window. */
  z.object({ type: z.literal('window') }),
  z.object({ type: z.literal('register-file'), id: z.number().int(), path: z.string() }),
  /** What is written to `fileName`, to be signed with the shop's key. */
  z.object({
    type: z.literal('sign-file'),
    id: z.number().int(),
    fileName: z.string(),
    bytes: z.instanceof(Uint8Array),
  }),
  /** Starts a simulated terminal and connects to it. */
  z.object({ type: z.literal('attach-training') }),
  /** Answered at once, whatever else is done. */
  z.object({ type: z.literal('ping') }),
  /** For the log. */
  z.object({ type: z.literal('note'), text: z.string().max(200) }),
  /** Cancels what runs, closes everything, ends the process. */
  z.object({ type: z.literal('close') }),
]);
export type ToProcess = z.infer<typeof toProcessSchema>;

export const fromProcessSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('pong') }),
  z.object({ type: z.literal('file'), id: z.number().int(), file: fileInfoSchema }),
  /** null: the shop has no key. */
  z.object({ type: z.literal('signature'), id: z.number().int(), text: z.string().nullable() }),
  z.object({ type: z.literal('fault'), id: z.number().int(), fault: faultSchema }),
  /** Whether work runs that must not be cut off: the computer stays awake, the window asks. */
  z.object({ type: z.literal('busy'), busy: z.boolean() }),
  /** What would be lost or cut off where the app ended now. */
  z.object({
    type: z.literal('work'),
    work: z.array(z.object({ kind: workKindSchema, terminal: z.string().nullable() })),
  }),
]);
export type FromProcess = z.infer<typeof fromProcessSchema>;
