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
