/** What the guest tells the host of one test. */
export interface TestResult {
  readonly name: string;
  readonly durationMs: number;
  readonly idleMs: number;
  /** What went wrong, with the guest's own notes; null: passed. */
  readonly error: string | null;
}

/** A guest each, those that take longest first. */
export const parts = [
  ...(['window', 'flashes', 'sideload', 'jobs', 'android'] as const),
  ...(['pulls', 'factory', 'clients', 'usb'] as const),
] as const;
export type Part = (typeof parts)[number];
