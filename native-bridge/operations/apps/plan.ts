/** What the journal holds of work on an app while it runs: enough to say afterwards what became of it. */
import { z } from 'zod';
import { appFileSchema, appResultSchema } from '../../contract/app.ts';
import type { Facts } from '../../contract/common.ts';
import type { JournalEntry } from '../../records/types.ts';

export const appWorkRequests: readonly string[] = ['installApp', 'uninstallApp'];

/** So long Android is waited for: old terminals compile a large app for minutes. */
export const installTimeoutMs = 5 * 60_000;

const planSchema = appResultSchema
  .pick({ id: true, packageName: true, role: true, before: true, allowed: true })
  .extend({
    action: z.enum(['install', 'uninstall']),
    /** Of an installation. */
    file: appFileSchema.nullable(),
    /** Of the file's certificates, as Android shows them. */
    signerHashes: z.array(z.string()),
    /** Where the file is on the terminal while it is installed. */
    path: z
      .string()
      .regex(/^\/data\/local\/tmp\/pos-bench-[0-9a-f]{32}\.apk$/)
      .nullable(),
  });
export type AppPlan = z.infer<typeof planSchema>;

export const factsOfPlan = (plan: AppPlan): Facts => ({
  package: plan.packageName,
  plan: JSON.stringify(plan),
});

/** null: of another version of the program, or damaged. */
export function planOf({ state, facts }: JournalEntry): AppPlan | null {
  const text = facts['plan'];
  if (state !== 'good' || typeof text !== 'string') return null;
  try {
    return planSchema.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}
