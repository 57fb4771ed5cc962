/** What this folder throws: a fault code of the contract plus facts. */
import type { Facts } from '../contract/common.ts';
import type { FaultCode } from '../contract/fault.ts';
import type { ProfileProblem } from '../contract/profile.ts';
import { expectationFacts } from './setting-value.ts';

export type ProfileErrorCode = Extract<
  FaultCode,
  | 'profile-missing'
  | 'profile-invalid'
  | 'merchant-invalid'
  | 'rules-invalid'
  | 'terminal-unknown'
  | 'file-missing'
  | 'file-unreadable'
>;

export class ProfileError extends Error {
  override readonly name = 'ProfileError';
  readonly code: ProfileErrorCode;
  /** `profile-missing`: profile; `…-invalid`: file, line, expected, found, count; `file-…`: file. */
  readonly facts: Facts;

  constructor(code: ProfileErrorCode, facts: Facts = {}, options?: ErrorOptions) {
    super(`${code} ${JSON.stringify(facts)}`, options);
    this.code = code;
    this.facts = facts;
  }

  /** The first problem stands for all. */
  static invalid(
    code: 'profile-invalid' | 'merchant-invalid' | 'rules-invalid',
    file: string,
    problems: readonly ProfileProblem[],
  ): ProfileError {
    const [first] = problems;
    if (!first) return new ProfileError(code, { file });
    return new ProfileError(code, {
      file: first.file,
      line: first.line,
      ...expectationFacts(first.expectation),
      found: first.found,
      count: problems.length,
    });
  }
}
