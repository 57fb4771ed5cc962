/** A secret that was typed leaves the window's memory with the attempt it was typed for. */
import { expect, test } from 'vitest';
import { BridgeClient } from '../../renderer/state/bridge-client.ts';
import { Corrections } from '../../renderer/state/corrections.svelte.ts';
import { WindowLine } from '../support/window-line.ts';

const row = (key: string, secret: boolean) => ({ key, secret, differs: false, current: null });
const network = 'WIFI:T:WPA;S:shop;P:long enough;;';

test('a failed attempt forgets what was secret, and keeps the rest to try again', async () => {
  const client = new BridgeClient();
  const line = new WindowLine();
  client.attach(line);
  const corrections = new Corrections(client, 't', { caseId: null });
  void corrections.load();
  const rows = [{ ...row('wifi.join', true), form: 'wifi-network' }, row('ntp.server', false)];
  await line.answer(line.request('readSettings'), { rows });
  corrections.edits.set('wifi.join', network);
  corrections.edits.set('ntp.server', 'ntp.example');
  corrections.proposeEdits();
  const applying = corrections.applyProposed();
  expect(line.request('applySettings').params).toMatchObject({
    changes: [
      { key: 'wifi.join', value: network },
      { key: 'ntp.server', value: 'ntp.example' },
    ],
  });
  await line.refuse(line.request('applySettings'), 'reply-timeout');
  expect([...corrections.edits]).toEqual([['ntp.server', 'ntp.example']]);
  expect(corrections.proposed).toBeNull();
  await line.answer(line.request('readSettings'), { rows });
  await applying;
});
