/**
 * A refusal that ends well, and a value that does not take, at every kind of place: neither is told as
 * a success, and the terminal holds what it held.
 */
import { describe, expect, it } from 'vitest';
import { connectAndroid, type AndroidModel } from '../../support/android-terminal.ts';

type Kind = readonly [kind: string, model: AndroidModel, key: string, value: string];

const kinds: readonly Kind[] = [
  ['a row of the settings tables', 'at-700', 'clock.automatic', '0'],
  ['a row of the settings tables', 'at-900', 'vpn.lockdown', '0'],
  ['a row of a content provider', 'at-900', 'payment.terminalNumber', '10086499'],
  ['the time zone', 'at-900', 'clock.zone', 'Asia/Tokyo'],
  ['the switch of Wi-Fi', 'at-900', 'wifi.enabled', 'off'],
];

/** What a terminal that refuses says is the reason; one that says yes gives none. */
const reasons = { 'writes-refused': 'command-refused', 'writes-not-taken': undefined } as const;

describe.each(['writes-refused', 'writes-not-taken'] as const)('with %s', (fault) => {
  it.each(kinds)('%s of the %s', async (_kind, model, key, value) => {
    const terminal = await connectAndroid(model);
    const { bridge, terminalId } = terminal;
    const current = async () => {
      const { rows } = await bridge.request('readSettings', { terminalId });
      return rows.find((row) => row.key === key)?.current;
    };
    const before = await current();
    await terminal.setFault(fault, true);
    const changes = [{ key, value }];
    const correction = await bridge.request('applySettings', { terminalId, changes });
    expect(correction).toMatchObject({
      outcome: 'reverted',
      changes: [{ key, before, after: value, readBack: before, verified: false }],
    });
    expect(correction.changes[0]?.failure?.code).toBe(reasons[fault]);
    await terminal.setFault(fault, false);
    expect(await current()).toBe(before);
  });
});
