/** Names for the return codes of the general table and of each group. */

const general: readonly string[] = [
  'ok',
  'unknown',
  'no-memory',
  'invalid-value',
  'timeout',
  'no-entry',
  'bad-state',
  'message-too-large',
  'not-supported',
  'corrupt',
  'busy',
  'access-denied',
  'unsupported-too-old',
  'unsupported-too-new',
];

/** The name of a return code; `group` null: the general table. */
export function meaningOf(group: number | null, rc: number): string {
  if (group === null) return general[rc] ?? 'unknown';
  return 'unknown';
}
