/** Words in the language of this run. */
import type { FactsOf, MessageKey } from '../../native-bridge/wording/index.ts';

export type Words = <Key extends MessageKey>(key: Key, facts: FactsOf<Key>) => string;
