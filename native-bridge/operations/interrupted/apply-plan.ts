/**
 * What the journal holds of a correction while it runs: every value before and after, byte by byte,
 * on the disk before the first write. Secrets are named, never held.
 */
import { z } from 'zod';
import type { Facts } from '../../contract/common.ts';
import type { JournalEntry } from '../../records/types.ts';
import { settingKinds } from '../../terminals/profile-source.ts';
import type { Planned } from '../apply-values.ts';
import { fromHex, hexOf, placeName, type Place, type Value } from '../setting-value.ts';

export const applyRequests: readonly string[] = ['applySettings', 'undoCorrection'];
export const phases = { writing: 'apply', written: 'keep' } as const;

const hex = z
  .string()
  .regex(/^(?:[0-9a-f]{2})*$/)
  .nullable();
const settingFrom = z.enum(settingKinds);
const planSchema = z.array(
  z.object({
    key: z.string(),
    source: z.string(),
    /** Absent in entries of older versions, which knew this one only. */
    from: settingFrom.default('smp-settings'),
    before: hex,
    after: hex,
    secret: z.boolean(),
    restartNeeded: z.boolean(),
  }),
);

export interface PlannedChange extends Place {
  readonly key: string;
  readonly before: Value;
  readonly after: Value;
  readonly secret: boolean;
  readonly restartNeeded: boolean;
}

/** `undoes`: the correction that is undone; `assumed`: nobody proved which terminal this is. */
export function factsOfPlan(
  planned: readonly Planned[],
  { undoes, assumed }: { readonly undoes: string | null; readonly assumed: boolean },
): Facts {
  const plan: z.input<typeof planSchema> = planned.map(({ setting, before, value }) => {
    const { key, source, secret, restartNeeded } = setting;
    const values = secret ? [null, null] : [hexOf(before), hexOf(value)];
    const [was = null, willBe = null] = values;
    const { from, key: name } = source;
    return { key, from, source: name, before: was, after: willBe, secret, restartNeeded };
  });
  const reenter = planned.flatMap(({ setting }) => (setting.secret ? [setting.key] : []));
  return {
    keys: planned.map(({ setting }) => setting.key),
    reenter,
    plan: JSON.stringify(plan),
    assumed,
    ...(undoes === null ? {} : { undoes }),
  };
}

/**
 * The changes in the order they were written, a setting once: its first value before, its last
 * after. null: the entry has none (another program's, or of an older version).
 */
export function planOf({ facts }: JournalEntry): PlannedChange[] | null {
  const text = facts['plan'];
  if (typeof text !== 'string') return null;
  const parsed = planSchema.safeParse(parseJson(text));
  if (!parsed.success) return null;
  const changes = new Map<string, PlannedChange>();
  for (const { from, source, before, after, ...rest } of parsed.data) {
    const place = { source: { from, key: source } };
    const first = changes.get(placeName(place));
    changes.set(placeName(place), {
      ...rest,
      ...place,
      before: first ? first.before : fromHex(before),
      after: fromHex(after),
    });
  }
  return [...changes.values()];
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

export function undoneBy({ facts }: JournalEntry): string | null {
  const { undoes } = facts;
  return typeof undoes === 'string' ? undoes : null;
}

export const reenterKeys = (plan: readonly PlannedChange[]): string[] =>
  plan.flatMap(({ key, secret }) => (secret ? [key] : []));
