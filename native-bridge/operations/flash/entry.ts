/**
 * A flash in the journal: all that a later run of the program needs to recognise the terminal, to
 * look what became of it and to go on. Written before the terminal is touched. Never a secret.
 */
import { z } from 'zod';
import { BridgeFault, faultOf } from '../../contract/bridge-fault.ts';
import type { Facts } from '../../contract/common.ts';
import { flashPhaseSchema, type FlashPhase } from '../../contract/firmware.ts';
import { readingNameSchema } from '../../contract/reading.ts';
import type { JournalEntry } from '../../records/types.ts';
import type { Context } from '../context.ts';

const firmwareSchema = z.object({ version: z.string(), id: z.string().nullable() });
const stateSchema = z.object({
  answering: z.enum(['application', 'boot-loader']),
  running: firmwareSchema.extend({ confirmed: z.boolean() }).nullable(),
  stored: z.array(firmwareSchema.extend({ start: z.enum(['no', 'trial', 'for-good']) })),
});

const entrySchema = z.object({
  /** Earlier versions did not write it: they knew but one. */
  course: z.enum(['staged', 'handed-over', 'partitioned']).default('staged'),
  file: z.object({ name: z.string(), sha256: z.string(), sizeBytes: z.number().int() }),
  target: z.object({ version: z.string(), id: z.string() }),
  before: stateSchema,
  canRevert: z.boolean(),
  /** See Attempt. Earlier versions did not write it. */
  activatesLast: z.boolean().optional(),
  /** Readings that answered before it. */
  vital: z.array(readingNameSchema),
  /** What it said it is; null: nothing, as a boot loader. Earlier versions did not write it. */
  model: z.string().nullable().optional(),
  afterFlash: z.array(z.string()),
  /** Blockers that were allowed by name. */
  allowed: z.array(z.string()),
  backupId: z.string().nullable(),
  /** Read right before it, where `backupId` is an older one; null: nothing was. */
  lastBackupId: z.string().nullable().optional(),
  predictedMs: z.number(),
  /** By this it is found where it comes back under another name. Earlier versions did not write it. */
  place: z
    .object({ usbSerialNumber: z.string().nullable(), portsBefore: z.array(z.string()) })
    .optional(),
});
export type FlashEntry = z.infer<typeof entrySchema>;

/** What is learnt on the way. */
export interface FlashMarks {
  readonly sentBytes: number;
  /** The mark for a trial was about to be sent: it may have reached the terminal. */
  readonly marking: boolean;
  /** The mark for a trial was read back. */
  readonly marked: boolean;
  /** The new firmware was seen running. */
  readonly ran: boolean;
  /** It was read back that it stays. */
  readonly confirmed: boolean;
}

const entryFormat = 1;

const factsSchema = z.object({
  format: z.number(),
  flash: z.string(),
  sentBytes: z.number().int().default(0),
  marking: z.boolean().default(false),
  marked: z.boolean().default(false),
  ran: z.boolean().default(false),
  confirmed: z.boolean().default(false),
});

export function entryFacts(entry: FlashEntry): Facts {
  return { format: entryFormat, flash: JSON.stringify(entry) };
}

export interface OpenFlash extends FlashMarks {
  readonly journalId: string;
  readonly caseId: string;
  readonly startedUtc: string;
  readonly phase: FlashPhase;
  readonly entry: FlashEntry;
}

/** Throws `journal-newer` for an entry of a later version of the program, `journal-damaged` else. */
export function readEntry({ id, state, ...begun }: JournalEntry): OpenFlash {
  if (state !== 'good') throw new BridgeFault(`journal-${state}`, { entry: id });
  const { caseId, startedUtc, phase, facts } = begun;
  const read = factsSchema.safeParse(facts);
  if (!read.success) throw new BridgeFault('journal-damaged', { entry: id });
  const { format, flash, ...marks } = read.data;
  if (format > entryFormat) throw new BridgeFault('journal-newer', { entry: id });
  const entry = entrySchema.safeParse(parseJson(flash));
  const known = flashPhaseSchema.safeParse(phase);
  if (!entry.success || !known.success || caseId === null) {
    throw new BridgeFault('journal-damaged', { entry: id });
  }
  return { journalId: id, caseId, startedUtc, phase: known.data, entry: entry.data, ...marks };
}

/** Entries of flashes on this terminal, oldest first. The caller has its lock. */
export async function openFlashes(
  { records }: Pick<Context, 'records'>,
  terminalId: string,
): Promise<JournalEntry[]> {
  const entries = await records.journalOf(terminalId);
  return entries.filter(({ request }) => request === 'flash');
}

/** null, with a line in the log, for an entry that this version of the program can't read. */
export function readable({ log }: Pick<Context, 'log'>, entry: JournalEntry): OpenFlash | null {
  try {
    return readEntry(entry);
  } catch (error) {
    const { code, facts } = faultOf(error);
    log.warn(`an open flash can't be read: ${code} ${JSON.stringify(facts)}`);
    return null;
  }
}

/** All but those of a newer version of the program, which will want them. */
export async function endEarlier(
  { records }: Pick<Context, 'records'>,
  entries: readonly JournalEntry[],
): Promise<void> {
  for (const { id, state, facts } of entries) {
    const { format } = facts;
    if (state === 'newer' || (typeof format === 'number' && format > entryFormat)) continue;
    await records.journalEnd(id);
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
