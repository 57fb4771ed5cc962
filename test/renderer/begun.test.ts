/** What the window says would be lost where it were closed. */
import { expect, test } from 'vitest';
import type { Terminal } from '../../native-bridge/contract/terminal.ts';
import { Beginnings } from '../../renderer/state/begun.svelte.ts';
import { BridgeClient } from '../../renderer/state/bridge-client.ts';
import { Desk } from '../../renderer/state/desk.svelte.ts';
import { WindowLine } from '../support/window-line.ts';

test('a value that is typed into the settings is begun until it is taken back', async () => {
  const client = new BridgeClient();
  const line = new WindowLine();
  client.attach(line);
  const desk = new Desk(client, { id: 't', portUrl: 'serial://A', connected: true } as Terminal);
  const begun = new Beginnings(() => [desk]);
  void desk.corrections.load();
  const rows = [{ key: 'ntp.server', current: 'old', secret: false, differs: false }];
  await line.answer(line.request('readSettings'), { rows });
  desk.corrections.edits.set('ntp.server', 'old');
  expect(begun.kinds).toEqual([]);
  desk.corrections.edits.set('ntp.server', 'new');
  expect(begun.kinds).toEqual(['settings']);
  desk.corrections.edits.delete('ntp.server');
  expect(begun.kinds).toEqual([]);
});

test('what is drawn in a dialogue is begun until it closes', () => {
  const begun = new Beginnings(() => []);
  begun.hold('signature', false);
  expect(begun.kinds).toEqual([]);
  const close = begun.hold('signature', true);
  expect(begun.kinds).toEqual(['signature']);
  close();
  expect(begun.kinds).toEqual([]);
});
