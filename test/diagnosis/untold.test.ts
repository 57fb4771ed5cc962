/** A device that says it does not know has not said "none", and not that all is well. */
import { expect, it } from 'vitest';
import type { CheckId } from '../../native-bridge/contract/diagnosis.ts';
import type { ReadingName } from '../../native-bridge/contract/reading.ts';
import { evaluate } from '../../native-bridge/diagnosis/index.ts';
import { Bench } from './terminal.ts';

const cases: readonly (readonly [CheckId, ReadingName, string | number])[] = [
  ['wifi', 'wifi.ssid', 'unknown'],
  ['wifi', 'wifi.ssid', '<unknown ssid>'],
  ['wifi', 'wifi.ssid', ''],
  ['wifi', 'wifi.security', 'unknown'],
  ['wifi', 'wifi.security', 'none'],
  ['wifi', 'wifi.rssiDbm', 0],
  ['network', 'network.address', 'n/a'],
  ['qr-mode', 'qr.payload', 'unknown'],
];

it.each(cases)('%s is unknown where %s is %j', (check, name, value) => {
  const bench = new Bench().set({ [name]: value });
  expect(evaluate(check, bench.input('S1')).finding.verdict).toBe('unknown');
});
