/** An Android terminal that was away: taken up again by itself as far as it may be, and asked once. */
import { expect, it, onTestFinished } from 'vitest';
import type { Bridge } from '../../../native-bridge/bridge.ts';
import type { Terminal } from '../../../native-bridge/contract/terminal.ts';
import {
  startTerminal,
  type Terminal as SimulatedTerminal,
} from '../../simulators/android/terminal.ts';
import { openBench } from '../../support/bench.ts';

/** What a window shows of a terminal, the only one or this one, as it changes. */
function watched(bridge: Bridge, id: string | null = null): () => Terminal | undefined {
  const end = new AbortController();
  onTestFinished(() => end.abort());
  let shown: Terminal | undefined;
  const onProgress = ({ terminals }: { terminals: readonly Terminal[] }) => {
    shown = terminals.find((terminal) => id === null || terminal.id === id);
  };
  bridge.request('watchTerminals', {}, { signal: end.signal, onProgress }).catch(() => undefined);
  return () => shown;
}

const asked = ({ events }: SimulatedTerminal) =>
  events.filter(({ event, key }) => event === 'asking' && key !== null).length;

const soon = { timeout: 10_000 };
const nobodysNumber = ['--serial-number', '0123456789ABCDEF'];

it('one without a number of its own is taken up again on its port, and stays assumed', async () => {
  const { bridge } = await openBench();
  const terminal = await startTerminal('--auth', 'already-known', ...nobodysNumber);
  await bridge.request('connect', { portUrl: `adb://${terminal.adb}` });
  const shown = watched(bridge);
  await terminal.control({ pull: true });
  await expect.poll(() => shown()?.connected, soon).toBe(false);
  await terminal.control({ plug: true });
  await expect.poll(() => shown()?.connected, soon).toBe(true);
  expect(shown()?.identity).toMatchObject({ serialNumber: null, basis: 'assumed' });
});

it('another model without a number in its place is left alone', async () => {
  const { bridge } = await openBench();
  const first = await startTerminal('--auth', 'already-known', ...nobodysNumber);
  await bridge.request('connect', { portUrl: `adb://${first.adb}` });
  const shown = watched(bridge);
  await first.simulator.stop();
  await expect.poll(() => shown()?.connected, soon).toBe(false);
  const [, port = ''] = first.adb.split(':');
  const other = ['--model', 'at-700', '--port', port];
  const second = await startTerminal(...other, ...nobodysNumber);
  // It is looked at: a key that it does not know shows it.
  await expect.poll(() => asked(second), soon).toBe(1);
  await expect.poll(() => shown()?.activity.kind, soon).toBe('gone');
  expect(shown()?.connected).toBe(false);
});

it('one that has forgotten this computer asks once, and is then left alone until somebody connects', async () => {
  const { bridge } = await openBench();
  const terminal = await startTerminal();
  const portUrl = `adb://${terminal.adb}`;
  await bridge.request('connect', { portUrl });
  const shown = watched(bridge);
  await terminal.control({ pull: true });
  await expect.poll(() => shown()?.connected, soon).toBe(false);
  await terminal.control({ forgetKeys: true });
  terminal.simulator.setFault('never-authorises', true);
  const before = asked(terminal);
  await terminal.control({ plug: true });
  await expect.poll(() => shown()?.activity.detail?.key, soon).toBe('connect_wait_tap');
  // It hangs up instead.
  await terminal.control({ pull: true });
  await terminal.control({ plug: true });
  await expect.poll(() => shown()?.interrupted?.key, soon).toBe('interrupted_not_let_in');
  await goneRound(bridge);
  expect(asked(terminal) - before).toBe(1);
  terminal.simulator.setFault('never-authorises', false);
  expect((await bridge.request('connect', { portUrl })).connected).toBe(true);
});

/** Another terminal came back by itself: all that are away were looked for since. */
async function goneRound(bridge: Bridge): Promise<void> {
  const number = ['--serial-number', 'PBROUND1'];
  const other = await startTerminal('--auth', 'already-known', ...number);
  const { id } = await bridge.request('connect', { portUrl: `adb://${other.adb}` });
  await other.control({ pull: true });
  const isConnected = watched(bridge, id);
  await expect.poll(() => isConnected()?.connected, soon).toBe(false);
  await other.control({ plug: true });
  await expect.poll(() => isConnected()?.connected, soon).toBe(true);
}
