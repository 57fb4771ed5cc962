/** What the whole diagnosis names under each of the five symptoms, of one reading of a terminal. */
import {
  symptomSchema,
  type CheckId,
  type Diagnosis,
} from '../../native-bridge/contract/diagnosis.ts';
import type { ParamsInput } from '../../native-bridge/contract/requests.ts';
import type { Bench } from './bench.ts';

/**
 * `found`: the headline's key without its first word. `symptoms`, as `1 4`: those that it is the
 * cause of; none: it is worth a word and no cause.
 */
export type Row = readonly [fault: string, check: CheckId, found: string, symptoms: string];

export interface UnderSymptoms {
  /** `S1 wifi found_wifi_poor`; a symptom without a cause has none. */
  readonly causes: readonly string[];
  /** `wifi warn found_wifi_weak`, of what fails or warns under any of them, each once. */
  readonly findings: readonly string[];
}

/** The terminal is read for the first symptom; the others are judged by the same readings. */
export async function underEverySymptom(
  { bridge }: Bench,
  terminalId: string,
): Promise<UnderSymptoms> {
  const told: Diagnosis[] = [];
  let caseId: string | null = null;
  for (const symptom of symptomSchema.options) {
    const asked: ParamsInput<'diagnose'> = { terminalId, symptom, caseId, reuse: caseId !== null };
    const diagnosis: Diagnosis = await bridge.request('diagnose', asked);
    ({ caseId } = diagnosis);
    told.push(diagnosis);
  }
  return summed(told);
}

function summed(told: readonly Diagnosis[]): UnderSymptoms {
  const causes = told.flatMap(({ symptom, cause, findings }) => {
    const finding = findings.find(({ check }) => check === cause);
    return finding ? [`${symptom ?? ''} ${finding.check} ${finding.headline.key}`] : [];
  });
  const found = told.flatMap(({ findings }) =>
    findings
      // Whom to call follows from the cause.
      .filter(({ check, verdict }) => check !== 'support' && isFound(verdict))
      .map(({ check, verdict, headline }) => `${check} ${verdict} ${headline.key}`),
  );
  return { causes, findings: [...new Set(found)] };
}

const isFound = (verdict: string): boolean => verdict === 'fail' || verdict === 'warn';

export type Table = Readonly<Record<string, { causes: readonly string[]; said: boolean }>>;

/** A table as it should be: the causes by symptom, and that each fault is said whatever the symptom. */
export function expectedTable(rows: readonly Row[]): Table {
  return Object.fromEntries(
    rows.map(([fault, check, found, symptoms]) => {
      const under = symptoms === '' ? [] : symptoms.split(' ');
      return [fault, { causes: under.map((one) => `S${one} ${check} found_${found}`), said: true }];
    }),
  );
}

/** The same table as the diagnosis has it; `withFault` judges with one fault on. */
export async function foundTable(
  rows: readonly Row[],
  withFault: (fault: string) => Promise<UnderSymptoms>,
): Promise<Table> {
  const table: [string, Table[string]][] = [];
  for (const [fault, check, found, symptoms] of rows) {
    const { causes, findings } = await withFault(fault);
    const verdict = symptoms === '' ? 'warn' : 'fail';
    table.push([fault, { causes, said: findings.includes(`${check} ${verdict} found_${found}`) }]);
  }
  return Object.fromEntries(table);
}
