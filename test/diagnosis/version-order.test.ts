import { expect, it } from 'vitest';
import { compareVersions } from '../../native-bridge/diagnosis/version-order.ts';

it.each([
  ['1.1.0.5', '1.1.0+6', -1],
  ['1.1.0+6', '1.1.0.5', 1],
  ['1.1.0.6', '1.1.0+6', 0],
  ['1.1.1.0', '1.1.0+6', 1],
  ['2.0.0', '2.0.0+3', 0],
  ['1.2.3.4', '1.2.3.5', -1],
  ['1.2.3.4', '1.2.3', 1],
])('%s against %s: the build is the build, however it is written', (a, b, sign) => {
  expect(Math.sign(compareVersions(a, b) ?? Number.NaN)).toBe(sign);
});
