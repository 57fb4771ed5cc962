/** A photo of a case while the bridge is lost, and where its file is gone. */
import { expect, test } from 'vitest';
import { BridgeClient } from '../../renderer/state/bridge-client.ts';
import { PhotoLoad } from '../../renderer/state/photo-load.svelte.ts';
import { WindowLine } from '../support/window-line.ts';

function asked(): { client: BridgeClient; line: WindowLine; photo: PhotoLoad } {
  const client = new BridgeClient();
  const line = new WindowLine();
  client.attach(line);
  const photo = new PhotoLoad(client, { caseId: 'c', evidenceId: 'e' });
  return { client, line, photo };
}

test('of a photo whose line was lost nobody says that its file is gone, and it comes with the next', async () => {
  const { client, line, photo } = asked();
  const first = photo.load();
  line.drop();
  await first;
  expect(photo).toMatchObject({ lost: false, url: null });
  const fresh = new WindowLine();
  client.attach(fresh);
  const again = photo.load();
  await fresh.answer(fresh.request('readPhoto'), {
    bytes: new Uint8Array([1]),
    mediaType: 'image/jpeg',
  });
  await again;
  expect(photo.url).toMatch(/^blob:/);
  photo.close();
});

test('a photo whose file is gone is said to be gone', async () => {
  const { line, photo } = asked();
  const loading = photo.load();
  await line.answer(line.request('readPhoto'), null);
  await loading;
  expect(photo).toMatchObject({ lost: true, url: null });
});

test('a photo that could not be read says why', async () => {
  const { line, photo } = asked();
  const loading = photo.load();
  await line.refuse(line.request('readPhoto'), 'records-busy');
  await loading;
  expect(photo.lost).toBe(false);
  expect(photo.task.fault?.code).toBe('records-busy');
});
