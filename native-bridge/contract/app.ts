/** Apps on Android terminals: what a file is, what speaks against it, and what became of it. */
import { z } from 'zod';
import {
  caseIdSchema,
  fileIdSchema,
  sentenceSchema,
  terminalIdSchema,
  utcSchema,
} from './common.ts';
import { faultSchema } from './fault.ts';

const none = z.never();

/** Android's rule for a package's name; nothing else reaches a shell. */
export const packageNameSchema = z
  .string()
  .max(255)
  .regex(/^[A-Za-z]\w*(?:\.[A-Za-z]\w*)+$/);

/** What the profile takes an app for; null: for nothing. */
const appRoleSchema = z.enum(['payment', 'scanner']).nullable();
export type AppRole = z.infer<typeof appRoleSchema>;

export const installedAppSchema = z.object({
  packageName: z.string(),
  versionName: z.string().nullable(),
  versionCode: z.number().int().nullable(),
  /** 32 bits of each signing certificate, in hex, as Android shows them: they tell a change only. */
  signerHashes: z.array(z.string()),
  enabled: z.boolean().nullable(),
  /** `2026-07-01T10:00:30`, in the terminal's zone. */
  lastUpdate: z.string().nullable(),
});
export type InstalledApp = z.infer<typeof installedAppSchema>;

/** `off`: somebody disabled it. `old`: older than what the acquirer admits. */
const appStateSchema = z.enum(['installed', 'missing', 'off', 'old']);

export const appFileSchema = z.object({
  /** `cannot-verify`: signed the old way (v1) only. */
  verdict: z.enum(['good', 'refused', 'cannot-verify']),
  faults: z.array(faultSchema),
  name: z.string(),
  sizeBytes: z.number().int(),
  /** SHA-256 of the whole file, hex. */
  fileSha256: z.string(),
  /** null, as the rest: the file is no app. */
  packageName: z.string().nullable(),
  versionName: z.string().nullable(),
  versionCode: z.number().nullable(),
  /** Android API level. */
  minSdkVersion: z.number().nullable(),
  /** Processors that its native code is for; none: any. */
  abis: z.array(z.string()),
  signature: z
    .object({
      state: z.enum(['valid', 'wrong', 'v1-only', 'unsigned']),
      /** The newest: 1, 2, 3 or 3.1. */
      scheme: z.number().nullable(),
      /** SHA-256 of each signer's certificate, hex. */
      certificates: z.array(z.string()),
    })
    .nullable(),
});
export type AppFile = z.infer<typeof appFileSchema>;

const objectionSchema = z.object({
  code: z.string(),
  text: sentenceSchema,
  allowable: z.boolean(),
});
export type AppObjection = z.infer<typeof objectionSchema>;

/** Every name that `installApp` takes in `allow`. */
export const appAllowances = ['app-signer-changed'] as const;

export const appInspectionSchema = z.object({
  fileId: fileIdSchema,
  app: appFileSchema,
  /** null, as `role` and `installed`: no terminal was asked. */
  terminalId: terminalIdSchema.nullable(),
  role: appRoleSchema,
  /** What is there now; null: nothing. */
  installed: installedAppSchema.nullable(),
  blockers: z.array(objectionSchema),
  warnings: z.array(objectionSchema),
  /** How it could be undone afterwards. */
  undo: sentenceSchema.nullable(),
});
export type AppInspection = z.infer<typeof appInspectionSchema>;

export const appProgressSchema = z.object({
  phase: z.enum(['check', 'send', 'install', 'prove']),
  /** 0..1 of the phase; null: nobody can tell. */
  fraction: z.number().min(0).max(1).nullable(),
  sentBytes: z.number().int(),
  totalBytes: z.number().int(),
  /** While Android installs: how that goes on, and until when it is waited for. */
  waitingFor: sentenceSchema.nullable(),
  untilUtc: utcSchema.nullable(),
});
export type AppProgress = z.infer<typeof appProgressSchema>;

/**
 * `done`: the terminal shows it. `refused`: Android would not, nothing changed. `nothing-changed`: cut
 * off before. `unknown`: the terminal could not be read any more; the next connection tells.
 */
export const appVerdictSchema = z.enum(['done', 'refused', 'nothing-changed', 'unknown']);
export type AppVerdict = z.infer<typeof appVerdictSchema>;

export const appResultSchema = z.object({
  id: z.string(),
  caseId: caseIdSchema,
  terminalId: terminalIdSchema,
  atUtc: utcSchema,
  action: z.enum(['install', 'uninstall', 'clear-cache']),
  packageName: z.string(),
  role: appRoleSchema,
  /** What was there; null: nothing, so that this was a first installation. */
  before: installedAppSchema.nullable(),
  after: installedAppSchema.nullable(),
  /** Of an installation. */
  file: appFileSchema.nullable(),
  verdict: appVerdictSchema,
  /** In Android's own word: `INSTALL_FAILED_UPDATE_INCOMPATIBLE`. */
  refusal: z.string().nullable(),
  fault: faultSchema.nullable(),
  state: sentenceSchema,
  next: sentenceSchema,
  /** null: there is nothing to undo. */
  undo: sentenceSchema.nullable(),
  /** Blockers that were allowed by name. */
  allowed: z.array(z.string()),
  /** When the work began that was cut off and that this settles, at a later connection. */
  interruptedUtc: utcSchema.nullable(),
  durationMs: z.number(),
});
export type AppResult = z.infer<typeof appResultSchema>;

export const appRequests = {
  /** What is wrong with the file is in the result. Throws `door-unfit` where the terminal has no ADB. */
  inspectApp: {
    params: z.object({
      fileId: fileIdSchema,
      terminalId: terminalIdSchema.nullable().default(null),
    }),
    progress: z.object({ doneBytes: z.number(), totalBytes: z.number() }),
    result: appInspectionSchema,
  },
  /**
   * Installs or updates an app, and is done when the terminal shows it. Faults, with nothing changed:
   * `file-changed`, `app-blocked`; `transfer-refused`, `cancelled` and the port's while it is sent.
   */
  installApp: {
    params: z.object({
      terminalId: terminalIdSchema,
      fileId: fileIdSchema,
      caseId: caseIdSchema.nullable().default(null),
      /** SHA-256 of the file that was accepted; another file is refused. */
      acceptedSha256: z.string(),
      allow: z.array(z.string()).default([]),
    }),
    progress: appProgressSchema,
    result: appResultSchema,
  },
  /** Only what was installed for the first time in this very case. Throws `app-not-fresh` else. */
  uninstallApp: {
    params: z.object({
      terminalId: terminalIdSchema,
      packageName: packageNameSchema,
      caseId: caseIdSchema.nullable().default(null),
    }),
    progress: none,
    result: appResultSchema,
  },
  /** Never an app's data: throws `cache-inseparable` where Android offers no way to keep it. */
  clearAppCache: {
    params: z.object({
      terminalId: terminalIdSchema,
      packageName: packageNameSchema,
      caseId: caseIdSchema.nullable().default(null),
    }),
    progress: none,
    result: appResultSchema,
  },
  /**
   * The apps that the profile names, installed or not, and how many others there are; with `all`,
   * those too, behind them.
   */
  listApps: {
    params: z.object({ terminalId: terminalIdSchema, all: z.boolean().default(false) }),
    progress: none,
    result: z.object({
      terminalId: terminalIdSchema,
      apps: z.array(
        z.object({
          packageName: z.string(),
          role: appRoleSchema,
          installed: installedAppSchema.nullable(),
          state: appStateSchema,
          /** The oldest version that is admitted; null: any is. */
          oldestAdmitted: z.string().nullable(),
        }),
      ),
      /** Others that were installed and not delivered with it; null: not told. */
      others: z.number().int().nullable(),
    }),
  },
} as const;
