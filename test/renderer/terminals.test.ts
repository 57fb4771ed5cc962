/** Which terminal the window connects to, and with what. */
import { expect, test } from 'vitest';
import { BridgeClient } from '../../renderer/state/bridge-client.ts';
import { ModelChoice } from '../../renderer/state/model-choice.svelte.ts';
import { Terminals } from '../../renderer/state/terminals.svelte.ts';
import { WindowLine } from '../support/window-line.ts';

function connected(): { client: BridgeClient; line: WindowLine; terminals: Terminals } {
  const client = new BridgeClient();
  const line = new WindowLine();
  client.attach(line);
  return { client, line, terminals: new Terminals(client) };
}

const terminal = (portUrl: string) => ({
  id: portUrl,
  portUrl,
  identity: { serialNumber: null, model: 'CB' },
  connected: true,
  activity: { kind: 'idle', detail: null, sinceUtc: '2026-01-01T00:00:00.000Z', fraction: null },
});
const looked = (terminals: Terminals) => ({
  at: terminals.selectedId,
  listed: terminals.list.map(({ id, connected: here }) => `${id} ${here ? 'here' : 'away'}`),
});
const port = (url: string) => ({ url, profiles: ['code-box'], deviceId: url, product: null });
const seen = (urls: string[], terminals: unknown[] = []) => ({
  ports: { ports: urls.map(port), listedBy: 'system' },
  terminals,
});
const asked = (line: WindowLine) => line.requests('connect').map(({ params }) => params);

test('the files chosen by hand are for one terminal: the next is connected without them', async () => {
  const { client, line, terminals } = connected();
  const choice = new ModelChoice(client);
  choice.merchantFile = { fileId: 'shop', name: 'shop.yaml', sizeBytes: 1 };
  void terminals.connectChosen('serial://A', choice);
  await line.answer(line.request('connect'), terminal('serial://A'));
  void terminals.connectChosen('serial://B', choice);
  expect(asked(line)).toEqual([
    { portUrl: 'serial://A', merchantFileId: 'shop' },
    { portUrl: 'serial://B' },
  ]);
});

test('what was chosen by hand is kept for another attempt where connecting failed', async () => {
  const { client, line, terminals } = connected();
  const choice = new ModelChoice(client);
  choice.chooseShipped('code-box');
  void terminals.connectChosen('serial://A', choice);
  await line.refuse(line.request('connect'), 'port-busy');
  expect(choice.options).toEqual({ profile: 'code-box' });
});

test('of two that were plugged in together both appear, the first one stays in sight', async () => {
  const { line, terminals } = connected();
  void terminals.watch();
  const urls = ['serial://A', 'serial://B'];
  await line.progress(line.request('watchTerminals'), seen(urls));
  await line.answer(line.request('connect'), terminal('serial://A'));
  await line.answer(line.request('connect'), terminal('serial://B'));
  expect(asked(line)).toEqual(urls.map((portUrl) => ({ portUrl })));
  expect(terminals.selectedId).toBe('serial://A');
});

test('one that is plugged in while another is being connected has its turn afterwards', async () => {
  const { line, terminals } = connected();
  void terminals.watch();
  void terminals.connect('tcp://10.0.0.9:4000');
  await line.progress(line.request('watchTerminals'), seen(['serial://A']));
  expect(asked(line)).toHaveLength(1);
  await line.refuse(line.request('connect'), 'terminal-unknown');
  expect(asked(line).at(-1)).toEqual({ portUrl: 'serial://A' });
});

test('why a port could not be connected is still said after the next one has appeared', async () => {
  const { line, terminals } = connected();
  void terminals.watch();
  await line.progress(line.request('watchTerminals'), seen(['serial://A', 'serial://B']));
  await line.refuse(line.request('connect'), 'port-busy');
  await line.answer(line.request('connect'), terminal('serial://B'));
  expect(terminals.connectingTo).toBe('serial://A');
  expect(terminals.connecting.fault?.code).toBe('port-busy');
});

test('who waits while the bridge is lost is connected once it is back', async () => {
  const { client, line, terminals } = connected();
  client.onConnected(() => void terminals.watch());
  client.onLost(() => terminals.lost());
  void terminals.watch();
  const urls = ['serial://A', 'serial://B'];
  await line.progress(line.request('watchTerminals'), seen(urls));
  line.drop();
  const fresh = new WindowLine();
  client.attach(fresh);
  await fresh.progress(fresh.request('watchTerminals'), seen(urls));
  expect(asked(fresh)).toEqual([{ portUrl: 'serial://B' }]);
});

/** A and B are connected, A is looked at. */
async function twoConnected(): Promise<{ line: WindowLine; terminals: Terminals }> {
  const { line, terminals } = connected();
  void terminals.watch();
  const both = [terminal('serial://A'), terminal('serial://B')];
  await line.progress(line.request('watchTerminals'), seen([], both));
  terminals.select('serial://A');
  return { line, terminals };
}

test('a terminal that is connected again stays in its place and in sight meanwhile', async () => {
  const { line, terminals } = await twoConnected();
  void terminals.reconnect('serial://A', { merchantFileId: 'shop' });
  await line.progress(line.request('watchTerminals'), seen([], [terminal('serial://B')]));
  expect(looked(terminals)).toEqual({
    at: 'serial://A',
    listed: ['serial://A away', 'serial://B here'],
  });
  await line.answer(line.request('connect'), terminal('serial://A'));
  expect(looked(terminals).listed).toEqual(['serial://A here', 'serial://B here']);
});

test('one that could not be connected again stays, with how to go on, whatever order the news comes in', async () => {
  const { line, terminals } = await twoConnected();
  void terminals.reconnect('serial://A');
  await line.refuse(line.request('connect'), 'port-missing');
  await line.progress(line.request('watchTerminals'), seen([], [terminal('serial://B')]));
  expect(looked(terminals)).toEqual({
    at: 'serial://A',
    listed: ['serial://A away', 'serial://B here'],
  });
});

test('one that stayed without its connection can be put away', async () => {
  const { line, terminals } = await twoConnected();
  void terminals.reconnect('serial://A');
  await line.progress(line.request('watchTerminals'), seen([], [terminal('serial://B')]));
  await line.refuse(line.request('connect'), 'port-missing');
  await terminals.disconnect('serial://A');
  expect(looked(terminals)).toEqual({ at: 'serial://B', listed: ['serial://B here'] });
  expect(terminals.desk('serial://A')).toBeNull();
});

test('another terminal on the port takes the place of the one that was connected again there', async () => {
  const { line, terminals } = await twoConnected();
  void terminals.reconnect('serial://A');
  await line.progress(line.request('watchTerminals'), seen([], [terminal('serial://B')]));
  const other = { ...terminal('serial://A'), id: 'other' };
  await line.progress(line.request('watchTerminals'), seen([], [terminal('serial://B'), other]));
  await line.answer(line.request('connect'), other);
  expect(looked(terminals)).toEqual({
    at: 'other',
    listed: ['serial://B here', 'other here'],
  });
});

test('a terminal is disconnected while another waits for its tap', async () => {
  const { line, terminals } = await twoConnected();
  void terminals.connect('adb-usb://C');
  void terminals.disconnect('serial://B');
  await line.progress(line.request('watchTerminals'), seen([], [terminal('serial://A')]));
  await line.answer(line.request('disconnect'), {});
  expect(looked(terminals).listed).toEqual(['serial://A here']);
  expect(terminals.connecting.running).toBe(true);
});

test('why a terminal could not be disconnected is said of that terminal', async () => {
  const { line, terminals } = await twoConnected();
  void terminals.disconnect('serial://B');
  await line.refuse(line.request('disconnect'), 'terminal-busy');
  expect(terminals.desk('serial://B')?.leaving.fault?.code).toBe('terminal-busy');
  expect(terminals.connecting.fault).toBeNull();
});

test('a terminal that is plugged in never takes the place of the one that is looked at, not for a moment', async () => {
  const { line, terminals } = await twoConnected();
  const seenIds: (string | null)[] = [];
  await line.progress(
    line.request('watchTerminals'),
    seen(['serial://C'], [terminal('serial://A'), terminal('serial://B')]),
  );
  terminals.select('serial://B');
  const { id } = line.request('connect');
  const answered = line.say({ type: 'result', id, result: terminal('serial://C') });
  for (let turn = 0; turn < 20; turn += 1) {
    await Promise.resolve();
    seenIds.push(terminals.selectedId);
  }
  await answered;
  expect(new Set(seenIds)).toEqual(new Set(['serial://B']));
  expect(terminals.offered).toBeNull();
});

test('a connection asked for before the technician turned to another terminal is offered, not opened', async () => {
  const { line, terminals } = await twoConnected();
  void terminals.connect('adb-usb://C');
  terminals.select('serial://B');
  await line.answer(line.request('connect'), terminal('adb-usb://C'));
  expect(terminals.selectedId).toBe('serial://B');
  expect(terminals.offered).toEqual({ terminalId: 'adb-usb://C', tab: null, because: 'connected' });
  terminals.select('adb-usb://C');
  expect(terminals.offered).toBeNull();
});

test('the simulated terminals of a bridge that is gone go from the list with it', async () => {
  const { client, line, terminals } = connected();
  client.onLost(() => terminals.lost());
  void terminals.watch();
  const simulated = { ...terminal('tcp://127.0.0.1:1'), training: true };
  const both = [terminal('serial://A'), simulated];
  await line.progress(line.request('watchTerminals'), seen([], both));
  line.drop();
  const fresh = new WindowLine();
  client.attach(fresh);
  void terminals.watch();
  await fresh.progress(fresh.request('watchTerminals'), seen([], []));
  expect(looked(terminals).listed).toEqual(['serial://A away']);
});

test('one that is plugged in takes the place of one that is done with, unless something is typed there', async () => {
  const { line, terminals } = connected();
  void terminals.watch();
  const list = async (urls: string[], all: object[]): Promise<void> => {
    const ports = urls.map((url) => ({ ...port(url), serialNumber: url }));
    const shown = { ports: { ports, listedBy: 'system' }, terminals: all };
    await line.progress(line.request('watchTerminals'), shown);
  };
  const here = terminal('usb://A');
  const away = { ...here, connected: false, interrupted: null };
  const gone = { ...away, activity: { ...here.activity, kind: 'gone' } };
  await list(['usb://A'], [here]);
  const desk = terminals.desk('usb://A');
  desk?.corrections.secrets.set('wifi.password', 'secret');
  await list(['usb://B'], [gone]);
  await line.answer(line.request('connect'), terminal('usb://B'));
  expect(terminals.selectedId).toBe('usb://A');
  desk?.corrections.secrets.clear();
  await list(['usb://B', 'usb://C'], [gone, terminal('usb://B')]);
  await line.answer(line.request('connect'), terminal('usb://C'));
  expect(terminals.selectedId).toBe('usb://C');
});
