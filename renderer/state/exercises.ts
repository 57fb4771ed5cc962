/**
 * Five exercises on a simulated terminal, each a complaint from the trade. A step is done when the
 * window's own state says that it happened, not when somebody ticks it; a question is done by its
 * right answer. Titles, steps, hints and answers are worded under `exercise_*`.
 */
import type { CheckId } from '../../native-bridge/contract/diagnosis.ts';
import type { TrainingModel } from '../../native-bridge/contract/training.ts';
import type { Desk, Tab } from './desk.svelte.ts';
import type { Records } from './records.svelte.ts';

export const exerciseIds = [
  'foreign-merchant',
  'login-page',
  'elsewhere',
  'scanner-loop',
  'pulled-cable',
] as const;
export type ExerciseId = (typeof exerciseIds)[number];

/** What a step looks at. */
export interface Observed {
  readonly desk: Desk;
  readonly records: Records;
  /** The simulated terminal's cable was pulled since the exercise began. */
  readonly cableWasPulled: boolean;
  readonly cablePlugged: boolean;
  /** Faults that are on now. */
  readonly faults: ReadonlySet<string>;
}

/** Something around the terminal that the one who practises does himself. */
export type Act = 'take-image' | 'pull-cable' | 'plug-cable' | 'let-through';

export interface Step {
  readonly id: string;
  /** Where it is done; null: anywhere. */
  readonly tab: Tab | null;
  readonly act?: Act;
  readonly done?: (observed: Observed) => boolean;
  /** A question instead: the answers to choose from, the right one first. */
  readonly choices?: readonly [right: string, ...wrong: string[]];
}

export interface Exercise {
  readonly id: ExerciseId;
  readonly model: TrainingModel;
  readonly faults: readonly string[];
  /** There is something to flash. */
  readonly updateDue: boolean;
  /** About how long it takes. */
  readonly minutes: number;
  readonly steps: readonly Step[];
}

type Purpose = Desk['diagnosis']['purpose'];

const complaint = (purpose: Purpose): Step => ({
  id: 'complaint',
  tab: 'diagnosis',
  done: ({ desk }) => desk.diagnosis.purpose === purpose,
});

const diagnosed = (cause: CheckId): Step => ({
  id: 'diagnose',
  tab: 'diagnosis',
  done: ({ desk: { diagnosis } }) => !diagnosis.task.running && diagnosis.finished?.cause === cause,
});

const lookedAtCause: Step = {
  id: 'evidence',
  tab: 'diagnosis',
  done: ({ desk: { subject, diagnosis } }) =>
    subject?.kind === 'finding' && subject.check === diagnosis.finished?.cause,
};

const corrected: Step = {
  id: 'correct',
  tab: 'settings',
  done: ({ desk }) => desk.corrections.last?.outcome === 'applied',
};

const proven = (cause: CheckId): Step => ({
  id: 'prove',
  tab: 'diagnosis',
  done: ({ desk: { diagnosis } }) =>
    !diagnosis.task.running && diagnosis.finished !== null && diagnosis.removed === cause,
});

export const exercises: readonly Exercise[] = [
  {
    id: 'foreign-merchant',
    model: 'codebox',
    faults: ['wrong-merchant'],
    updateDue: false,
    minutes: 4,
    steps: [
      complaint('S3'),
      diagnosed('payment-settings'),
      lookedAtCause,
      corrected,
      proven('payment-settings'),
    ],
  },
  {
    id: 'login-page',
    model: 'codebox',
    faults: ['wifi-captive-portal'],
    updateDue: false,
    minutes: 4,
    steps: [
      complaint('S1'),
      diagnosed('wifi'),
      {
        id: 'follows',
        tab: 'diagnosis',
        done: ({ desk: { subject, diagnosis } }) =>
          subject?.kind === 'finding' && diagnosis.findings.get(subject.check)?.role === 'follows',
      },
      { id: 'who-merchant', tab: 'diagnosis', choices: ['merchant', 'technician', 'acquirer'] },
      {
        id: 'let-through',
        tab: null,
        act: 'let-through',
        done: ({ faults }) => !faults.has('wifi-captive-portal'),
      },
      proven('wifi'),
    ],
  },
  {
    id: 'elsewhere',
    model: 'codebox',
    faults: ['platform-down'],
    updateDue: false,
    minutes: 3,
    steps: [
      complaint('S2'),
      diagnosed('platform'),
      { id: 'who-platform', tab: 'diagnosis', choices: ['platform', 'technician', 'vendor'] },
      {
        id: 'summary',
        tab: 'diagnosis',
        done: ({ desk, records }) =>
          records.madeOf === desk.caseId &&
          records.making === 'summary' &&
          records.outcome?.kind === 'copied',
      },
    ],
  },
  {
    id: 'scanner-loop',
    model: 'counter',
    faults: ['scanner-misses-inverted'],
    updateDue: false,
    minutes: 5,
    steps: [
      {
        id: 'scan',
        tab: 'scanner',
        done: ({ desk }) => desk.scanner.finished?.verdict === 'misses',
      },
      { id: 'which-missed', tab: 'scanner', choices: ['inverted', 'size', 'damage'] },
      corrected,
      {
        id: 'scan-again',
        tab: 'scanner',
        done: ({ desk }) => desk.scanner.finished?.verdict === 'good',
      },
    ],
  },
  {
    id: 'pulled-cable',
    model: 'codebox',
    faults: [],
    updateDue: true,
    minutes: 6,
    steps: [
      {
        id: 'image',
        tab: 'firmware',
        act: 'take-image',
        done: ({ desk }) => desk.flash.plan !== null,
      },
      {
        id: 'flash',
        tab: 'firmware',
        // Before that nothing is under way that a pulled cable would interrupt.
        done: ({ desk: { flash } }) =>
          flash.flashing.running && (flash.progress?.sentBytes ?? 0) > 0,
      },
      {
        id: 'pull',
        tab: 'firmware',
        act: 'pull-cable',
        done: ({ cableWasPulled }) => cableWasPulled,
      },
      { id: 'plug', tab: 'firmware', act: 'plug-cable', done: ({ cablePlugged }) => cablePlugged },
      {
        id: 'done',
        tab: 'firmware',
        done: ({ desk: { flash } }) =>
          flash.result?.verdict === 'done' || flash.result?.verdict === 'done-late',
      },
    ],
  },
];

export const exerciseOf = (id: string): Exercise | null =>
  exercises.find((exercise) => exercise.id === id) ?? null;
