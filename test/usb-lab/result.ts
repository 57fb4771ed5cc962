/** What the guest tells the host of one test. */
export interface TestResult {
  readonly name: string;
  readonly durationMs: number;
  /** What went wrong, with the guest's own notes; null: passed. */
  readonly error: string | null;
}
