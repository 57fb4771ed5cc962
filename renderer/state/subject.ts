/** What the evidence drawer shows. */
import type { CheckId } from '../../native-bridge/contract/diagnosis.ts';
import type { ReadingName } from '../../native-bridge/contract/reading.ts';

export type Subject =
  | { readonly kind: 'reading'; readonly name: ReadingName }
  | { readonly kind: 'finding'; readonly check: CheckId };

export function sameSubject(one: Subject | null, other: Subject): boolean {
  if (one?.kind === 'reading' && other.kind === 'reading') return one.name === other.name;
  return one?.kind === 'finding' && other.kind === 'finding' && one.check === other.check;
}
