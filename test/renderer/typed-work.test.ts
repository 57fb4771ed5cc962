/** What is typed about a case stays until it is kept. */
import { expect, test } from 'vitest';
import { BridgeClient } from '../../renderer/state/bridge-client.ts';
import { CaseEvidence } from '../../renderer/state/case-evidence.svelte.ts';
import { textAfter } from '../../renderer/state/kept-text.ts';
import { WindowLine } from '../support/window-line.ts';

test('a ticket number that is being typed stays where the case is read again', () => {
  expect(textAfter('GD-7', '', '')).toBe('GD-7');
  expect(textAfter('GD-7', '', 'GD-8')).toBe('GD-7');
});

test('a ticket number that was kept elsewhere is shown where nobody types one', () => {
  expect(textAfter('', '', 'GD-8')).toBe('GD-8');
  expect(textAfter('GD-7', 'GD-7', 'GD-8')).toBe('GD-8');
});

test('evidence that is typed is known as begun until it is kept, the kept ticket is not', async () => {
  const client = new BridgeClient();
  const line = new WindowLine();
  client.attach(line);
  const evidence = new CaseEvidence(client, 'c');
  void evidence.load();
  await line.answer(line.request('getCase'), { events: [{ kind: 'ticket', number: 'GD-7' }] });
  expect(evidence).toMatchObject({ ticket: 'GD-7', started: false });
  evidence.ticket = 'GD-8';
  expect(evidence.started).toBe(true);
  void evidence.keepTicket();
  await line.answer(line.request('setTicket'), { number: 'GD-8' });
  expect(evidence.started).toBe(false);
  evidence.note = 'seen';
  expect(evidence.started).toBe(true);
});
