/**
 * An operating card: one page for the counter, in both languages, from a rule file; and where an
 * entry of such a file is known from.
 */
import { z } from 'zod';

export const inBothSchema = z.object({ 'zh-CN': z.string(), en: z.string() });
export type InBoth = z.infer<typeof inBothSchema>;

/** `S`: a published source says so; `T`: trade knowledge that the field has yet to confirm. */
const markSchema = z.enum(['S', 'T']);

export const sourceSchema = z.object({ title: z.string(), url: z.string().nullable() });
export type KnowledgeSource = z.infer<typeof sourceSchema>;

export const knownSchema = z.object({
  mark: markSchema,
  /** null: trade knowledge only. */
  source: sourceSchema.nullable(),
  /** The file that says so: `shipped`, or the name of the shop's own. */
  from: z.string(),
});

export const deviceKinds = ['code-plate', 'code-box', 'sound-box', 'pos', 'till'] as const;
const deviceKindSchema = z.enum(deviceKinds);
export type DeviceKind = z.infer<typeof deviceKindSchema>;

/** Who scans whom (主扫 / 被扫). */
export const ways = ['payer-scans', 'merchant-scans'] as const;
const waySchema = z.enum(ways);
export type Way = z.infer<typeof waySchema>;

export const operatingCardSchema = knownSchema.extend({
  id: z.string(),
  title: inBothSchema,
  /** When it is used. */
  when: inBothSchema,
  parts: z.array(z.object({ device: deviceKindSchema, steps: z.array(inBothSchema) })),
  watch: z.array(inBothSchema),
  /** Causes that it helps with. */
  conditions: z.array(z.string()),
  /** Who scans whom where it is used; null: either way. */
  way: waySchema.nullable(),
});
export type OperatingCard = z.infer<typeof operatingCardSchema>;
