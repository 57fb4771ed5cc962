/** What can be wrong with a merchant-presented payload. */
export type EmvcoProblem =
  | 'not-emvco'
  | 'too-long'
  | 'truncated'
  | 'malformed'
  | 'repeated'
  | 'crc-missing'
  | 'crc-wrong'
  | 'field-missing';

export class EmvcoError extends Error {
  override readonly name = 'EmvcoError';
  readonly problem: EmvcoProblem;
  /** `at` in characters, `id` of the data object, `expected` and `found` of the checksum. */
  readonly facts: Readonly<Record<string, string | number>>;

  constructor(problem: EmvcoProblem, facts: Readonly<Record<string, string | number>> = {}) {
    super(`${problem} ${JSON.stringify(facts)}`);
    this.problem = problem;
    this.facts = facts;
  }
}
