/**
 * Every request the bridge answers: parameters, progress and result. One request id carries all
 * three and the cancellation. Both hosts (window and shell) speak only this.
 */
import { z } from 'zod';
import {
  caseIdSchema,
  fileIdSchema,
  localeSchema,
  sentenceSchema,
  terminalIdSchema,
  utcSchema,
} from './common.ts';
import { appRequests } from './app.ts';
import { backupRequests } from './backup.ts';
import { bundleRequests } from './bundle.ts';
import { firmwareRequests } from './flash-requests.ts';
import { probeRequests } from './probe.ts';
import { knowledgeRequests } from './knowledge.ts';
import { qrRequests } from './qr.ts';
import { scannerRequests } from './scanner.ts';
import { trainingRequests } from './training.ts';
import { caseRecordSchema, caseSummarySchema } from './case.ts';
import { consoleLineSchema } from './console.ts';
import { correctionSchema, settingChangeSchema, settingsTableSchema } from './correction.ts';
import {
  answersSchema,
  diagnosisSchema,
  findingSchema,
  questionSchema,
  symptomSchema,
} from './diagnosis.ts';
import { evidenceRequests } from './evidence.ts';
import { flashVerdictSchema } from './firmware.ts';
import { faultSchema } from './fault.ts';
import { erasureSchema, preferencesSchema } from './history.ts';
import { portListSchema, portUrlSchema } from './port.ts';
import { readingNameSchema, readingSchema, samplingWindowSchema } from './reading.ts';
import { statisticsProgressSchema, terminalStatisticsSchema } from './statistics.ts';
import { usbRequests } from './usb.ts';
import { terminalReadingsSchema, terminalSchema } from './terminal.ts';

const none = z.never();

export const profileSummarySchema = z.object({
  name: z.string(),
  model: z.string(),
  vendor: z.string(),
  labels: z.object({ 'zh-CN': z.string(), en: z.string() }),
});
export const profileProblemSchema = z.object({
  file: z.string(),
  line: z.number().int(),
  column: z.number().int(),
  /** The keys that lead there, joined by `/`. */
  path: z.string(),
  /** What should stand there: a noun phrase in English; `expectation` says it in either language. */
  expected: z.string(),
  expectation: sentenceSchema,
  /** What stands there, in no language; `—`: nothing. */
  found: z.string(),
});
export type ProfileProblem = z.infer<typeof profileProblemSchema>;

export const jobSchema = z.object({
  jobId: z.string(),
  request: z.string(),
  terminalId: terminalIdSchema.nullable(),
  startedUtc: utcSchema,
});
export type Job = z.infer<typeof jobSchema>;

/** A file already registered by the host, as the window sees it. */
export const fileInfoSchema = z.object({
  fileId: fileIdSchema,
  name: z.string(),
  sizeBytes: z.number().int(),
});

const samplingProgressSchema = z.object({ sampling: samplingWindowSchema });

export const requests = {
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
  diagnose: {
    params: z.object({
      /** null: no terminal is attached; questions alone. */
      terminalId: terminalIdSchema.nullable(),
      /** Without a terminal: the name of its model's profile; null: any terminal. */
      profile: z.string().nullable().default(null),
      /** Without a terminal: a profile of one's own instead. */
      profileFileId: fileIdSchema.nullable().default(null),
      /** Without a terminal: what the merchant's should be set to, and whose case it is. */
      merchantFileId: fileIdSchema.nullable().default(null),
      /** The merchant's name, where no terminal and no file tells it. */
      shop: z.string().trim().min(1).max(120).nullable().default(null),
      /** null: a routine visit, without a complaint. */
      symptom: symptomSchema.nullable(),
      answers: answersSchema.default({}),
      /** Judges what the last run of this visit read, where there was one; nothing is read again. */
      reuse: z.boolean().default(false),
      /** Continue this case; null opens one. */
      caseId: caseIdSchema.nullable().default(null),
      /** Trade knowledge of one's own beside the data folder's; faults as `getKnowledge`. */
      rulesFileId: fileIdSchema.nullable().default(null),
    }),
    progress: z.union([z.object({ finding: findingSchema }), samplingProgressSchema]),
    result: diagnosisSchema,
  },
  /** Every question of the playbook, or those that bear on one complaint. */
  listQuestions: {
    params: z.object({ symptom: symptomSchema.nullable().default(null) }),
    progress: none,
    result: z.object({ questions: z.array(questionSchema) }),
  },
  /**
   * The newest diagnosis of this case, or else of the terminal's present visit, as it was; null:
   * there is none. Nothing is read.
   */
  resumeDiagnosis: {
    params: z.object({
      terminalId: terminalIdSchema.nullable().default(null),
      caseId: caseIdSchema.nullable().default(null),
    }),
    progress: none,
    result: z.object({ diagnosis: diagnosisSchema.nullable() }),
  },
  readSettings: {
    params: z.object({ terminalId: terminalIdSchema }),
    progress: none,
    result: settingsTableSchema,
  },
  applySettings: {
    params: z.object({
      terminalId: terminalIdSchema,
      caseId: caseIdSchema.nullable().default(null),
      changes: z.array(settingChangeSchema).min(1).max(256),
    }),
    progress: z.object({ key: z.string(), done: z.number().int(), of: z.number().int() }),
    result: correctionSchema,
  },
  /**
   * Undoes a correction; where no id is given what was cut off and waits, else the newest not yet
   * undone one. Faults before anything is written: `nothing-to-undo` (also for an undo's own id),
   * `already-undone`, `setting-changed-since`.
   */
  undoCorrection: {
    params: z.object({
      terminalId: terminalIdSchema,
      correctionId: z.string().nullable().default(null),
      /** Also where a setting has been given another value since. */
      overwrite: z.boolean().default(false),
    }),
    progress: none,
    result: correctionSchema,
  },
  ...backupRequests,
  ...appRequests,
  ...qrRequests,
  ...knowledgeRequests,
  ...probeRequests,
  ...usbRequests,
  ...scannerRequests,
  ...firmwareRequests,
  watchConsole: {
    params: z.object({ terminalId: terminalIdSchema }),
    progress: z.object({ lines: z.array(consoleLineSchema) }),
    result: z.object({}),
  },
  runShell: {
    params: z.object({
      terminalId: terminalIdSchema,
      argv: z.array(z.string().max(256)).min(1).max(32),
    }),
    progress: none,
    result: z.object({ output: z.string(), exitCode: z.number().int() }),
  },
  listCases: {
    params: z.object({
      serialNumber: z.string().nullable().default(null),
      merchant: z.string().nullable().default(null),
      sinceUtc: utcSchema.nullable().default(null),
      /** Exclusive. */
      untilUtc: utcSchema.nullable().default(null),
      cause: z.string().nullable().default(null),
      flashVerdict: flashVerdictSchema.nullable().default(null),
      limit: z.number().int().min(1).max(1000).default(100),
    }),
    progress: none,
    result: z.object({ cases: z.array(caseSummarySchema) }),
  },
  /** Ends the visit; what is done to the terminal later is a case of its own. */
  closeCase: {
    params: z.object({ caseId: caseIdSchema }),
    progress: none,
    result: caseSummarySchema,
  },
  getCase: { params: z.object({ caseId: caseIdSchema }), progress: none, result: caseRecordSchema },
  ...evidenceRequests,
  ...bundleRequests,
  /**
   * The report's text; the host writes it where the technician chose. It closes the case, but for the
   * summary: ten lines to paste while the visit goes on.
   */
  makeReport: {
    params: z.object({
      caseId: caseIdSchema,
      format: z.enum(['html', 'json', 'summary']),
      locale: localeSchema,
    }),
    progress: none,
    result: z.object({ text: z.string(), suggestedName: z.string() }),
  },
  /**
   * Deletes cases and all that belongs to them alone, of a merchant, a terminal or a time; every
   * condition given must hold, and one must be given. Throws `terminal-owned` while a program has
   * one of their terminals connected.
   */
  deleteHistory: {
    params: z.object({
      merchant: z.string().min(1).nullable().default(null),
      serialNumber: z.string().min(1).nullable().default(null),
      /** Cases in which nothing has happened since. */
      beforeUtc: utcSchema.nullable().default(null),
      /** Only says what would go. */
      dryRun: z.boolean().default(true),
    }),
    progress: none,
    result: erasureSchema,
  },
  getPreferences: { params: z.object({}), progress: none, result: preferencesSchema },
  /** Those that are not given stay as they are. */
  setPreferences: {
    params: preferencesSchema.partial(),
    progress: none,
    result: preferencesSchema,
  },
  listProfiles: {
    params: z.object({}),
    progress: none,
    result: z.object({ profiles: z.array(profileSummarySchema) }),
  },
  checkProfile: {
    params: z.object({
      fileId: fileIdSchema,
      /** `rules`: trade knowledge of one's own. */
      kind: z.enum(['profile', 'merchant', 'rules']).default('profile'),
    }),
    progress: none,
    result: z.object({
      good: z.boolean(),
      name: z.string().nullable(),
      problems: z.array(profileProblemSchema),
    }),
  },
  ...trainingRequests,
  listJobs: {
    params: z.object({}),
    progress: none,
    result: z.object({ jobs: z.array(jobSchema) }),
  },
  /** Follows a job that another window (or this one before a reload) started: same progress, same result. */
  attachJob: {
    params: z.object({ jobId: z.string() }),
    progress: z.unknown(),
    result: z.unknown(),
  },
  /** What an earlier run of the bridge left unfinished. */
  listInterrupted: {
    params: z.object({}),
    progress: none,
    result: z.object({
      interrupted: z.array(
        z.object({
          caseId: caseIdSchema.nullable(),
          terminalId: terminalIdSchema.nullable(),
          request: z.string(),
          startedUtc: utcSchema,
          phase: z.string().nullable(),
          /** For `leaveInterrupted`. */
          id: z.string().optional(),
          /** What to do about it, or that it needs nothing but a connection. */
          next: sentenceSchema.optional(),
        }),
      ),
    }),
  },
  /**
   * Takes a correction that was cut off for settled, without touching the terminal: its case says
   * what is not known, and it can be undone like any other. Throws `bad-request` for other entries.
   */
  leaveInterrupted: {
    params: z.object({ interruptedId: z.string() }),
    progress: none,
    result: correctionSchema,
  },
} as const;

export type Requests = typeof requests;
export type RequestName = keyof Requests;
export type ParamsInput<N extends RequestName> = z.input<Requests[N]['params']>;
export type Params<N extends RequestName> = z.output<Requests[N]['params']>;
export type Progress<N extends RequestName> = z.output<Requests[N]['progress']>;
export type Result<N extends RequestName> = z.output<Requests[N]['result']>;

/** What travels between window and bridge. */
export const toBridgeSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('request'),
    id: z.number().int(),
    name: z.string(),
    params: z.unknown(),
  }),
  z.object({ type: z.literal('cancel'), id: z.number().int() }),
  /** The reader took this many progress batches; the bridge keeps at most two ahead. */
  z.object({ type: z.literal('ack'), id: z.number().int() }),
]);
export type ToBridge = z.infer<typeof toBridgeSchema>;

export const fromBridgeSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('progress'), id: z.number().int(), batch: z.array(z.unknown()) }),
  z.object({ type: z.literal('result'), id: z.number().int(), result: z.unknown() }),
  z.object({ type: z.literal('fault'), id: z.number().int(), fault: faultSchema }),
]);
export type FromBridge = z.infer<typeof fromBridgeSchema>;
