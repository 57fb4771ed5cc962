/** A wrong argument: one sentence that says what was expected. Exit code 2. */
import type { Sentence } from '../native-bridge/contract/common.ts';
import { sentence, type FactsOf, type MessageKey } from '../native-bridge/wording/index.ts';

export class UsageError extends Error {
  override readonly name = 'UsageError';
  readonly sentence: Sentence;

  constructor(said: Sentence) {
    super(said.key);
    this.sentence = said;
  }
}

export function usageError<Key extends MessageKey>(key: Key, facts: FactsOf<Key>): UsageError {
  return new UsageError(sentence(key, facts));
}
