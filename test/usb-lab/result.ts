/** What the guest tells the host of one test. */
export interface TestResult {
  readonly name: string;
  readonly durationMs: number;
  readonly idleMs: number;
  /** What went wrong, with the guest's own notes; null: passed. */
  readonly error: string | null;
}

/** A guest each: what may run at the same time. */
export const parts = ['sideload', 'flashes', 'jobs', 'android', 'clients', 'usb'] as const;
export type Part = (typeof parts)[number];
