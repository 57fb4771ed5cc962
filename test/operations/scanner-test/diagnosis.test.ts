/**
 * The simulated counter terminal with each fault of its scanner: tested with codes, then diagnosed in
 * the same visit, under each of the five symptoms.
 */
import { expect, it } from 'vitest';
import {
  symptomSchema,
  type Diagnosis,
  type Finding,
  type Symptom,
} from '../../../native-bridge/contract/diagnosis.ts';
import type { Carrier, ScannerTest } from '../../../native-bridge/contract/scanner.ts';
import { connectCounter, runLoop, type Counter } from './loop.ts';

async function diagnosed(
  { bench, bridge, terminalId }: Counter,
  symptom: Symptom,
  caseId: string | null = null,
): Promise<Diagnosis> {
  const asked = { terminalId, symptom, caseId, reuse: caseId !== null };
  return await bench.time.run(bridge.request('diagnose', asked));
}

const scannerOf = ({ findings }: Diagnosis): Finding | undefined =>
  findings.find(({ check }) => check === 'scanner');

/** What the test's evidence says of the bands named, read of all. */
const bandsOf = (finding: Finding | undefined, ...bands: string[]): string[] => {
  const raw = finding?.evidence.find(({ source }) => source === 'scanner-test')?.raw ?? '';
  return bands.map((band) => new RegExp(`${band} (\\d+/\\d+)`).exec(raw)?.[1] ?? 'none');
};

interface Row {
  readonly fault: string;
  readonly on: Carrier;
  readonly found: string;
  /** Band and what was read of it. */
  readonly bands: Readonly<Record<string, string>>;
  /** Another row of evidence that says the same. */
  readonly besides?: string;
}

const rows: readonly Row[] = [
  {
    fault: 'scanner-window-dirty',
    on: 'screen',
    found: 'window',
    bands: { contrast: '1/3', damage: '4/6' },
  },
  {
    fault: 'scanner-window-dirty',
    on: 'paper',
    found: 'window',
    bands: { contrast: '1/3', damage: '4/6' },
  },
  {
    fault: 'scanner-misses-damaged',
    on: 'screen',
    found: 'no_correction',
    bands: { damage: '0/6' },
  },
  {
    fault: 'scanner-misses-damaged',
    on: 'paper',
    found: 'no_correction',
    bands: { damage: '0/6' },
  },
  {
    fault: 'scanner-misses-inverted',
    on: 'screen',
    found: 'setting',
    bands: { inverted: '0/1' },
    besides: 'setting scanner.inverse',
  },
  {
    fault: 'scanner-limits-length',
    on: 'screen',
    found: 'form',
    bands: { form: '1/4' },
  },
  {
    fault: 'scanner-illumination-dead',
    on: 'paper',
    found: 'failed',
    bands: { contrast: '0/3' },
    besides: 'scanner.selfTest',
  },
  {
    fault: 'scanner-slow',
    on: 'screen',
    found: 'slow',
    bands: { level: '4/4' },
    besides: 'scanner.decodeMs',
  },
  {
    fault: 'scanner-dead',
    on: 'screen',
    found: 'dead',
    bands: { level: '0/4' },
    besides: 'scanner.selfTest',
  },
];

it.each(rows)(
  '$fault, codes on $on, is the cause of S1 and of no other symptom',
  async ({ fault, on, found, bands, besides }) => {
    const counter = await connectCounter([fault]);
    const { test } = await runLoop(counter, { carrier: on });
    let caseId: string | null = null;
    for (const symptom of symptomSchema.options) {
      const diagnosis = await diagnosed(counter, symptom, caseId);
      ({ caseId } = diagnosis);
      const finding = scannerOf(diagnosis);
      expect({ symptom, cause: diagnosis.cause }).toEqual({
        symptom,
        cause: symptom === 'S1' ? 'scanner' : null,
      });
      expect(finding).toMatchObject({
        verdict: 'fail',
        headline: { key: `found_scanner_${found}` },
      });
      expect(bandsOf(finding, ...Object.keys(bands))).toEqual(Object.values(bands));
      const sources = finding?.evidence.flatMap(({ reading, source }) => reading ?? source);
      expect(sources).toEqual(expect.arrayContaining([besides ?? 'scanner-test']));
    }
    // One visit, one case: the test's own.
    expect(caseId).toBe(test.caseId);
  },
);

it('before the test the scanner is no pass, and the test is the next step', async () => {
  for (const fault of ['scanner-window-dirty', 'scanner-misses-damaged']) {
    const diagnosis = await diagnosed(await connectCounter([fault]), 'S1');
    expect(diagnosis.cause).toBeNull();
    expect(scannerOf(diagnosis)).toMatchObject({ verdict: 'ask', remedy: { test: 'scanner' } });
  }
});

it('a test after the first diagnosis changes what an answer is judged by, without reading again', async () => {
  const counter = await connectCounter(['scanner-window-dirty']);
  const before = await diagnosed(counter, 'S1');
  await runLoop(counter);
  const after = await diagnosed(counter, 'S1', before.caseId);
  expect(after).toMatchObject({ caseId: before.caseId, cause: 'scanner', changed: ['scanner'] });
});

it('a good scanner passes with its count', async () => {
  const counter = await connectCounter();
  await runLoop(counter, { carrier: 'paper' });
  const finding = scannerOf(await diagnosed(counter, 'S1'));
  expect(finding).toMatchObject({ verdict: 'pass', headline: { key: 'fine_scanner_loop' } });
});

it('a test from before the scanner’s settings were corrected tells nothing any more', async () => {
  const counter = await connectCounter(['scanner-misses-inverted']);
  const { bench, bridge, terminalId } = counter;
  const { test } = await runLoop(counter);
  const first = await diagnosed(counter, 'S1');
  expect(scannerOf(first)?.remedy?.settings).toEqual(['scanner.inverse']);
  const changes = [{ key: 'scanner.inverse', value: '1' }];
  const { caseId } = test satisfies ScannerTest;
  await bench.time.run(bridge.request('applySettings', { terminalId, caseId, changes }));
  const finding = scannerOf(
    await bench.time.run(bridge.request('diagnose', { terminalId, symptom: 'S1', caseId })),
  );
  expect(finding).toMatchObject({ verdict: 'ask', remedy: { test: 'scanner' } });
});
