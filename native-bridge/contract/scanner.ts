/**
 * The scanner's loop test: codes of graded difficulty are held before a terminal's scanner, and what
 * the terminal reports as read is matched to them. No wallet and no platform takes any of them: they are
 * neutral strings, or have the form of a payer's code with a beginning that no scheme issues.
 */
import { z } from 'zod';
import {
  caseIdSchema,
  localeSchema,
  sentenceSchema,
  terminalIdSchema,
  utcSchema,
} from './common.ts';

/**
 * What makes a code harder than a plain one; `level`: nothing but its error correction level, `form`:
 * nothing but what it says, which is as long and of the same characters as a payer's code.
 */
export const scannerBands = [
  'level',
  'size',
  'contrast',
  'damage',
  'rotation',
  'inverted',
  'form',
] as const;
export const scannerBandSchema = z.enum(scannerBands);
export type ScannerBand = z.infer<typeof scannerBandSchema>;

/** `screen`: lit by itself; `paper`: seen by the scanner's own light. */
export const carrierSchema = z.enum(['screen', 'paper']);
export type Carrier = z.infer<typeof carrierSchema>;

/** Whose payers' codes a code is formed like. `emvco`: of EMVCo's consumer-presented kind, in base64. */
export const codeFormSchema = z.enum(['wechat', 'alipay', 'unionpay', 'emvco']);
export type CodeForm = z.infer<typeof codeFormSchema>;

export const gradedCodeSchema = z.object({
  /** From 1, in the order in which they are shown: the easiest first. */
  number: z.number().int().min(1),
  /** What it says; of no other code a part. */
  text: z.string(),
  band: scannerBandSchema,
  /** Error correction level (ISO/IEC 18004, 5.1). */
  level: z.enum(['L', 'M', 'Q', 'H']),
  /** Edge of the code, without the quiet zone around it. */
  sizeMm: z.number(),
  /** Difference of reflectance between light and dark, of all that there is. */
  contrastPercent: z.number(),
  /** Share of its codewords in which modules are wrong. */
  damagePercent: z.number(),
  rotatedDegrees: z.number(),
  /** Light modules on dark ground. */
  inverted: z.boolean(),
  /** null: a plain text. Tests of earlier days know no other. */
  form: codeFormSchema.nullable().default(null),
});
export type GradedCode = z.infer<typeof gradedCodeSchema>;

/** How it is drawn: a square of `sideModules`, its quiet zone included. */
export const codeDrawingSchema = z.object({
  sideModules: z.number(),
  sideMm: z.number(),
  /** SVG path data of the modules, in modules. */
  path: z.string(),
  /** `rotate(…)`, or empty. */
  transform: z.string(),
  /** Colours as `#rrggbb`. */
  ink: z.string(),
  ground: z.string(),
});
export type CodeDrawing = z.infer<typeof codeDrawingSchema>;

export const drawnCodeSchema = gradedCodeSchema.extend({ drawing: codeDrawingSchema });
export type DrawnCode = z.infer<typeof drawnCodeSchema>;

/** `not-shown`: the test ended before. `skipped`: not judged. */
export const codeOutcomeSchema = z.enum(['waiting', 'read', 'missed', 'skipped', 'not-shown']);
export type CodeOutcome = z.infer<typeof codeOutcomeSchema>;

export const codeRowSchema = z.object({
  number: z.number().int(),
  outcome: codeOutcomeSchema,
  /** As the terminal tells it; null: not read, or it does not tell. */
  decodeMs: z.number().nullable(),
  /** How often it was reported again afterwards. */
  repeats: z.number().int(),
  /** The terminal reported more characters than the code has, before or after it. */
  altered: z.boolean(),
});
export type CodeRow = z.infer<typeof codeRowSchema>;

/** Codes that are none of the test's. */
export const foreignReadsSchema = z.object({
  count: z.number().int(),
  /** The last ones, cleaned; of a payer's code only the first digits. */
  texts: z.array(z.string()),
});

export const dueCodeSchema = z.object({
  number: z.number().int(),
  sinceUtc: utcSchema,
  /** It counts as missed where nothing is read until then. */
  untilUtc: utcSchema,
});

/** The whole state, each time something has changed. */
export const scannerProgressSchema = z.object({
  /** null: all have been. */
  due: dueCodeSchema.nullable(),
  of: z.number().int(),
  carrier: carrierSchema,
  rows: z.array(codeRowSchema),
  foreign: foreignReadsSchema,
});
export type ScannerProgress = z.infer<typeof scannerProgressSchema>;

export const bandResultSchema = z.object({
  band: scannerBandSchema,
  /** `unknown`: none of its codes was judged. */
  verdict: z.enum(['pass', 'warn', 'fail', 'unknown']),
  read: z.number().int(),
  missed: z.number().int(),
  /** Skipped or not shown. */
  unjudged: z.number().int(),
  medianMs: z.number().nullable(),
});
export type BandResult = z.infer<typeof bandResultSchema>;

export const scannerVerdictSchema = z.enum(['good', 'slow', 'misses', 'reads-nothing', 'unknown']);
export type ScannerVerdict = z.infer<typeof scannerVerdictSchema>;

export const scannerTestSchema = z.object({
  caseId: caseIdSchema,
  terminalId: terminalIdSchema,
  startedUtc: utcSchema,
  atUtc: utcSchema,
  carrier: carrierSchema,
  /** `nothing-read`: it ended by itself, since not one of the easy codes had been read. */
  ended: z.enum(['all-shown', 'finished', 'nothing-read']),
  codes: z.array(gradedCodeSchema.extend(codeRowSchema.omit({ number: true }).shape)),
  bands: z.array(bandResultSchema),
  foreign: foreignReadsSchema,
  /** Of those read; null: none told. */
  medianMs: z.number().nullable(),
  slowestMs: z.number().nullable(),
  /** From which median on it is slow: the profile's threshold. */
  slowMs: z.number(),
  verdict: scannerVerdictSchema,
  /** What it means and what to do; the first is the headline. */
  means: z.array(sentenceSchema).min(1),
});
export type ScannerTest = z.infer<typeof scannerTestSchema>;

const none = z.never();

export const scannerRequests = {
  /** The codes, and whether a terminal's scanner can be tested with them. */
  scannerCodes: {
    params: z.object({ terminalId: terminalIdSchema.nullable().default(null) }),
    progress: none,
    result: z.object({
      /** `no-way`: its profile does not say where reads are reported. Without a terminal: `yes`. */
      testable: z.enum(['yes', 'no-scanner', 'no-way']),
      codes: z.array(drawnCodeSchema),
    }),
  },
  /** The codes as a page to print or to show; the host writes it where the technician chose. */
  scannerPage: {
    params: z.object({ locale: localeSchema }),
    progress: none,
    result: z.object({ text: z.string(), suggestedName: z.string() }),
  },
  /** The codes as PNG files. */
  scannerPictures: {
    params: z.object({ modulePixels: z.number().int().min(2).max(32).default(10) }),
    progress: none,
    result: z.object({ pictures: z.array(z.object({ name: z.string(), base64: z.base64() })) }),
  },
  /**
   * Runs until every code was read, missed or skipped; one test a terminal (`terminal-busy`).
   * Faults: `scanner-missing`, `scanner-untold`, and what the line throws.
   */
  testScanner: {
    params: z.object({
      terminalId: terminalIdSchema,
      caseId: caseIdSchema.nullable().default(null),
      carrier: carrierSchema.default('screen'),
      /** How long a code is waited for. */
      codeTimeoutMs: z.number().int().min(1_000).max(600_000).default(20_000),
    }),
    progress: scannerProgressSchema,
    result: scannerTestSchema,
  },
  /** What the technician says while it runs. */
  answerScannerTest: {
    params: z.object({
      terminalId: terminalIdSchema,
      /** The code it is about. */
      number: z.number().int(),
      /** `missed`: it does not read this one. `finish`: ends the test with what there is. */
      answer: z.enum(['missed', 'skip', 'finish']),
    }),
    progress: none,
    /** False: another code is due by now, or no test runs. */
    result: z.object({ taken: z.boolean() }),
  },
};

export interface TimeBin {
  readonly fromMs: number;
  readonly toMs: number;
  readonly count: number;
}

const binWidthsMs = [25, 50, 100, 250, 500, 1_000, 2_500, 5_000];
const mostBins = 10;

/** Decode times in bins of one width from 0 on, at most ten; what is beyond stands in the last. */
export function decodeTimeBins(timesMs: readonly number[]): TimeBin[] {
  if (timesMs.length === 0) return [];
  const most = Math.max(...timesMs);
  const width = binWidthsMs.find((each) => most < each * mostBins) ?? 5_000;
  const count = Math.min(mostBins, Math.floor(most / width) + 1);
  const counts = Array<number>(count).fill(0);
  for (const ms of timesMs) {
    const at = Math.min(count - 1, Math.max(0, Math.floor(ms / width)));
    counts[at] = (counts[at] ?? 0) + 1;
  }
  return counts.map((each, at) => ({ fromMs: at * width, toMs: (at + 1) * width, count: each }));
}
