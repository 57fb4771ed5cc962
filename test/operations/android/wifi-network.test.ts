/**
 * A Wi-Fi network is joined with its password, which nobody reads again: proven by the join, undone by
 * forgetting what the terminal did not know before.
 */
import { expect, it } from 'vitest';
import { connectAndroid, type AndroidTerminal } from '../../support/android-terminal.ts';

const key = 'wifi.network';
const upstairs = 'WIFI:T:WPA;S:LAOWANG-3F;P:noodles-upstairs;;';

const join = ({ bridge, terminalId }: AndroidTerminal, value: string) =>
  bridge.request('applySettings', { terminalId, changes: [{ key, value }] });

const ssidOf = async (terminal: AndroidTerminal) =>
  (await terminal.read('wifi.ssid'))['wifi.ssid']?.value;

it('is joined, its password stands nowhere, and the undo leaves it for the one before', async () => {
  const terminal = await connectAndroid('at-900');
  const { bridge, terminalId } = terminal;
  const correction = await join(terminal, upstairs);
  expect(correction).toMatchObject({
    outcome: 'applied',
    changes: [{ key, secret: true, after: null, names: { before: null, after: 'LAOWANG-3F' } }],
  });
  expect(await ssidOf(terminal)).toBe('LAOWANG-3F');
  const kept = await bridge.request('listCorrections', { terminalId });
  expect(JSON.stringify([correction, kept])).not.toContain('noodles');
  const undone = await bridge.request('undoCorrection', { terminalId });
  expect(undone).toMatchObject({
    outcome: 'undone',
    changes: [{ key, verified: true, names: { before: 'LAOWANG-3F', readBack: null } }],
  });
  expect(await ssidOf(terminal)).toBe('LAOWANG-2F');
}, 60_000);

it('with a wrong password it is forgotten again, and all is as it was', async () => {
  const terminal = await connectAndroid('at-900');
  const correction = await join(terminal, 'WIFI:T:WPA;S:LAOWANG-3F;P:wrong-one;;');
  expect(correction).toMatchObject({ outcome: 'reverted', changes: [{ verified: false }] });
  expect(await ssidOf(terminal)).toBe('LAOWANG-2F');
}, 60_000);

it('one that was known gets the new password, and that can’t be undone', async () => {
  const terminal = await connectAndroid('at-900', ['wifi-not-joined']);
  const { bridge, terminalId } = terminal;
  const correction = await join(terminal, 'WIFI:T:WPA;S:LAOWANG-2F;P:laowang-2026;;');
  expect(correction).toMatchObject({
    outcome: 'applied',
    changes: [{ names: { before: 'LAOWANG-2F', after: 'LAOWANG-2F' }, verified: true }],
  });
  expect(await ssidOf(terminal)).toBe('LAOWANG-2F');
  await expect(bridge.request('undoCorrection', { terminalId })).rejects.toMatchObject({
    fault: { code: 'nothing-to-undo' },
  });
}, 60_000);

it('is entered by hand before Android 11', async () => {
  const terminal = await connectAndroid('at-700');
  await expect(join(terminal, upstairs)).rejects.toMatchObject({
    fault: { code: 'wifi-by-hand', facts: { needs: '11' } },
  });
});

it('that the shell may not join is refused with the reason, and not told as joined', async () => {
  const terminal = await connectAndroid('at-900', ['writes-refused']);
  const correction = await join(terminal, upstairs);
  expect(correction).toMatchObject({ outcome: 'reverted' });
  const { code, facts } = correction.changes[0]?.failure ?? {};
  expect(code).toBe('command-refused');
  expect(facts?.['meaning']).toContain('CHANGE_WIFI_STATE');
  expect(JSON.stringify(correction)).not.toContain('noodles');
});

it('that the terminal says yes to and does not take is not told as joined', async () => {
  const terminal = await connectAndroid('at-900', ['writes-not-taken']);
  const correction = await join(terminal, upstairs);
  expect(correction).toMatchObject({
    outcome: 'reverted',
    changes: [{ key, verified: false, failure: { code: 'wifi-not-joined' } }],
  });
  expect(await ssidOf(terminal)).toBe('LAOWANG-2F');
}, 60_000);
