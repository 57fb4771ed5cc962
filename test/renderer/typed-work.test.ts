/** What is typed about a case stays until it is kept. */
import { afterEach, expect, test, vi } from 'vitest';
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

afterEach(() => vi.unstubAllGlobals());

/** The host registers each file that is dropped under its name. */
function dropped(): {
  evidence: CaseEvidence;
  line: WindowLine;
  photos: (...names: string[]) => File[];
} {
  const host = {
    droppedFile: ({ name }: File) =>
      Promise.resolve({ file: { fileId: name, name, sizeBytes: 1 } }),
  };
  vi.stubGlobal('posBench', host);
  const client = new BridgeClient();
  const line = new WindowLine();
  client.attach(line);
  const photos = (...names: string[]) => names.map((name) => new File(['.'], name));
  return { evidence: new CaseEvidence(client, 'c'), line, photos };
}
const added = (line: WindowLine) =>
  line
    .requests('addEvidence')
    .map(({ params }) => (params as { evidence: { fileId: string } }).evidence.fileId);
const settle = async (line: WindowLine): Promise<void> => {
  await line.answer(line.request('addEvidence'), {});
  await line.answer(line.request('getCase'), { events: [] });
};

test('photos that are dropped while others are being added are added after them', async () => {
  const { evidence, line, photos } = dropped();
  const first = evidence.dropPhotos(photos('a.jpg', 'b.jpg'));
  const second = evidence.dropPhotos(photos('c.jpg'));
  await vi.waitFor(() => expect(added(line)).toEqual(['a.jpg']));
  await settle(line);
  await settle(line);
  await settle(line);
  await Promise.all([first, second]);
  expect(added(line)).toEqual(['a.jpg', 'b.jpg', 'c.jpg']);
  expect(evidence).toMatchObject({ busy: false, faults: [] });
});

test('a photo that could not be added is still named after the next has been', async () => {
  const { evidence, line, photos } = dropped();
  const first = evidence.dropPhotos(photos('a.jpg'));
  const second = evidence.dropPhotos(photos('b.jpg'));
  await vi.waitFor(() => expect(added(line)).toEqual(['a.jpg']));
  await line.refuse(line.request('addEvidence'), 'picture-unknown');
  await settle(line);
  await Promise.all([first, second]);
  expect(evidence.faults.map(({ code }) => code)).toEqual(['picture-unknown']);
});

test('what is typed while a photo is being added is kept, and goes with its own button', async () => {
  const { evidence, line, photos } = dropped();
  void evidence.dropPhotos(photos('a.jpg'));
  evidence.note = 'seen';
  const note = evidence.addNote();
  await vi.waitFor(() => expect(added(line)).toEqual(['a.jpg']));
  expect(line.requests('addNote')).toEqual([]);
  await settle(line);
  expect(evidence.note).toBe('seen');
  await line.answer(line.request('addNote'), {});
  await line.answer(line.request('getCase'), { events: [] });
  await note;
  expect(evidence.note).toBe('');
});
