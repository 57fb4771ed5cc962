/** What can be wrong with a merchant-presented payload. */
export type EmvcoProblem =
  | 'not-emvco'
  | 'too-long'
  | 'truncated'
  | 'malformed'
  | 'repeated'
  | 'crc-missing'
  | 'crc-wrong'
  | 'field-missing'
  /** It stands there, and another object says that it must not. */
  | 'not-allowed'
  | 'zero'
  /** More digits behind the point than the currency has. */
  | 'decimals'
  /** Other characters than printable ASCII. */
  | 'not-ascii';

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
