/** Progress by the plan's weights: one number for the whole that never goes back. */
import {
  flashPhases,
  type FlashPhase,
  type FlashPlan,
  type FlashProgress,
  type FlashResult,
} from '../../contract/firmware.ts';
import type { Sentence } from '../../contract/common.ts';

/** Rates are measured over this long, so that the time left neither jumps nor lags. */
const rateWindowMs = 4_000;
/** In these a pulled cable costs nothing that a second try would not give back. */
const unplugSafe: ReadonlySet<FlashPhase> = new Set([
  'inspect',
  'pre-flight',
  'backup',
  'unpack',
  'update-mode',
]);

/** An upload whose first answer is beyond this goes on where it was. */
const resumedBytes = 4096;

export class FlashMeter {
  readonly steps: FlashPlan['steps'];
  readonly #totalMs: number;
  #fraction = 0;
  #samples: { atMs: number; bytes: number }[] = [];
  readonly #began = new Map<FlashPhase, number>();
  #firstBytesMs: number | null = null;
  #resumed = false;

  readonly #mayResume: boolean;

  /** `mayResume`: a first answer far into the image shows that a part of it was there. */
  constructor(steps: FlashPlan['steps'], mayResume = true) {
    this.steps = steps;
    this.#mayResume = mayResume;
    this.#totalMs = steps.reduce((sum, step) => sum + step.predictedMs, 0) || 1;
  }

  /** `within`: 0..1 of the phase, where it can be measured. */
  at(phase: FlashPhase, within: number, waitingFor: Sentence | null = null): FlashProgress {
    return this.#view(phase, within, { sentBytes: null, totalBytes: null, waitingFor });
  }

  uploading(sentBytes: number, totalBytes: number, waitingFor: Sentence | null): FlashProgress {
    const atMs = performance.now();
    if (sentBytes > 0 && this.#firstBytesMs === null) {
      this.#firstBytesMs = atMs;
      this.#resumed = this.#mayResume && sentBytes > resumedBytes;
      // The erase is no part of the rate.
      this.#samples = [];
    }
    this.#samples.push({ atMs, bytes: sentBytes });
    this.#samples = this.#samples.filter((sample) => atMs - sample.atMs <= rateWindowMs);
    const within = totalBytes === 0 ? 1 : sentBytes / totalBytes;
    return this.#view('upload', within, { sentBytes, totalBytes, waitingFor });
  }

  /** What each step took, for the next plan; only what passed from its beginning to its end. */
  timings(): NonNullable<FlashResult['timings']> {
    const [upload, verify] = [this.#began.get('upload'), this.#began.get('verify')];
    const [restart, reidentify] = [this.#began.get('restart'), this.#began.get('reidentify')];
    const sent = verify ?? restart;
    const proven = this.#began.get('confirm') ?? this.#began.get('restore');
    const erased = this.#resumed ? undefined : (this.#firstBytesMs ?? undefined);
    return {
      ...between('eraseMs', upload, erased),
      ...between('uploadMs', this.#resumed ? undefined : upload, sent),
      ...between('restartMs', restart, reidentify),
      ...between('reidentifyMs', reidentify, proven),
    };
  }

  predictedMs(phase: FlashPhase): number {
    return this.#predictedMs((index) => index === flashPhases.indexOf(phase));
  }

  #view(
    phase: FlashPhase,
    within: number,
    counts: Pick<FlashProgress, 'sentBytes' | 'totalBytes' | 'waitingFor'>,
  ): FlashProgress {
    if (!this.#began.has(phase)) this.#began.set(phase, performance.now());
    const step = this.steps.find((s) => s.phase === phase);
    const beforeMs = this.#predictedMs((index) => index < flashPhases.indexOf(phase));
    const inMs = (step?.predictedMs ?? 0) * Math.min(1, Math.max(0, within));
    this.#fraction = Math.min(1, Math.max(this.#fraction, (beforeMs + inMs) / this.#totalMs));
    const bytesPerSecond = phase === 'upload' ? this.#rate() : null;
    return {
      phase,
      fraction: this.#fraction,
      ...counts,
      bytesPerSecond,
      remainingMs: this.#remainingMs(phase, beforeMs + inMs, bytesPerSecond, counts),
      question: null,
      cancellable: step?.cancellable ?? false,
      keepConnected: !unplugSafe.has(phase),
    };
  }

  #remainingMs(
    phase: FlashPhase,
    doneMs: number,
    rate: number | null,
    { sentBytes, totalBytes }: Pick<FlashProgress, 'sentBytes' | 'totalBytes'>,
  ): number | null {
    if (rate === null || sentBytes === null || totalBytes === null) {
      if (phase === 'restart') return null;
      return Math.max(0, this.#totalMs - Math.max(doneMs, this.#passedMs(phase)));
    }
    const later = this.#predictedMs((index) => index > flashPhases.indexOf(phase));
    return ((totalBytes - sentBytes) / rate) * 1000 + later;
  }

  /** What nothing measures gets on by its time, up to what was predicted for the phase. */
  #passedMs(phase: FlashPhase): number {
    const inMs = performance.now() - (this.#began.get(phase) ?? performance.now());
    const before = this.#predictedMs((index) => index < flashPhases.indexOf(phase));
    return before + Math.min(inMs, this.predictedMs(phase));
  }

  #predictedMs(where: (index: number) => boolean): number {
    return this.steps
      .filter((step) => where(flashPhases.indexOf(step.phase)))
      .reduce((sum, step) => sum + step.predictedMs, 0);
  }

  #rate(): number | null {
    const first = this.#samples[0];
    const last = this.#samples.at(-1);
    if (!first || !last || last.atMs - first.atMs < 500) return null;
    const rate = ((last.bytes - first.bytes) * 1000) / (last.atMs - first.atMs);
    return rate > 0 ? rate : null;
  }
}

function between<Name extends string>(
  name: Name,
  fromMs: number | undefined,
  toMs: number | undefined,
): Partial<Record<Name, number>> {
  if (fromMs === undefined || toMs === undefined || toMs < fromMs) return {};
  return { [name]: Math.round(toMs - fromMs) } as Partial<Record<Name, number>>;
}
