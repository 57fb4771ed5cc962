/**
 * The scanner tests that a diagnosis may rest on: of this case, since the scanner's settings or the
 * firmware were last changed. What was changed afterwards may be what the test had found.
 */
import type { CaseEvent } from '../../contract/case.ts';
import type { ScannerTest } from '../../contract/scanner.ts';
import { checkOf, type ModelFacts } from '../../diagnosis/index.ts';
import type { Context } from '../context.ts';

/** The newest first. Throws `case-unknown`. */
export async function scannerTestsOf(
  { records }: Pick<Context, 'records'>,
  caseId: string,
  model: ModelFacts,
): Promise<ScannerTest[]> {
  const { events } = await records.getCase(caseId);
  const tests: ScannerTest[] = [];
  for (const event of events) {
    if (changesScanner(event, model)) tests.length = 0;
    if (event.kind === 'scanner-test') tests.unshift(event.test);
  }
  return tests;
}

function changesScanner(event: CaseEvent, model: ModelFacts): boolean {
  if (event.kind === 'flash') return true;
  if (event.kind !== 'correction') return false;
  return event.correction.changes.some(({ key }) => checkOf(model, key) === 'scanner');
}
