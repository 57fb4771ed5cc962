import { expect, it } from 'vitest';
import type { QrInspection } from '../../native-bridge/contract/qr.ts';
import { qrVerdict } from '../../renderer/state/qr-verdict.ts';

const said = { key: 'x', facts: {} };
const well: QrInspection = {
  text: '',
  kind: 'merchant-presented',
  what: said,
  fields: [],
  checksum: null,
  faults: [],
  cautions: [],
  notes: [],
  against: [],
  seenUtc: null,
};
const row = (verdict: QrInspection['against'][number]['verdict']) => ({
  ...{ topic: said, what: said, found: null, expected: null, source: null },
  verdict,
});

it.each([
  ['pass', {}],
  ['pass', { against: [row('pass')] }],
  ['unknown', { kind: 'address' as const }],
  ['unknown', { against: [row('pass'), row('unknown')] }],
  ['warn', { against: [row('unknown'), row('warn')] }],
  ['warn', { cautions: [said], kind: 'address' as const }],
  ['fail', { against: [row('fail')], cautions: [said] }],
  ['fail', { faults: [said] }],
])('a code comes to %s by the worst that is said of it', (verdict, parts) => {
  expect(qrVerdict({ ...well, ...parts })).toBe(verdict);
});
