/** What people add to a case: photos and texts, notes, the acquirer's ticket. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import type { Bridge } from '../../native-bridge/bridge.ts';
import { openRecords } from '../../native-bridge/records/records.ts';
import { fixture } from '../pictures/support.ts';
import { exif, gps, withSegments } from '../pictures/with-metadata.ts';
import { identity, openedCase, temporaryFolder } from '../records/support.ts';
import { bridgeIn } from '../support/bench.ts';

// A worker thread starts at every opening; on a busy machine that takes its time.
vi.setConfig({ testTimeout: 60_000 });

const card = '6222021234567894';

interface Opened {
  readonly bridge: Bridge;
  readonly folder: string;
  readonly caseId: string;
}

async function caseOpen(): Promise<Opened> {
  const folder = temporaryFolder();
  const records = await openRecords({ dataFolder: folder });
  const { caseId } = await openedCase(records);
  await records.close();
  return { bridge: await bridgeIn(folder), folder, caseId };
}

async function addPhoto({ bridge, caseId }: Opened, path: string) {
  const { fileId } = await bridge.registerFile(path);
  return await bridge.request('addEvidence', {
    caseId,
    subject: 'bill',
    evidence: { form: 'photo', fileId },
  });
}

const photosIn = (folder: string): string[] => {
  try {
    return readdirSync(join(folder, 'photos'));
  } catch {
    return [];
  }
};

describe('a photo', () => {
  it('is kept whole under its case, without its place, and named by its hash', async () => {
    const opened = await caseOpen();
    const file = join(opened.folder, `bill ${card}.jpg`);
    const jpeg = readFileSync(fixture('photo.jpg'));
    writeFileSync(file, withSegments(jpeg, [exif({ orientation: 6, little: true })]));
    const evidence = await addPhoto(opened, file);
    const [name = ''] = photosIn(opened.folder);
    const kept = readFileSync(join(opened.folder, 'photos', name));
    expect(kept.includes(gps)).toBe(false);
    expect(evidence).toMatchObject({
      subject: 'bill',
      photo: {
        name: 'bill ************7894.jpg',
        mediaType: 'image/jpeg',
        sha256: createHash('sha256').update(kept).digest('hex'),
        sizeBytes: kept.length,
        widthPixels: 640,
        heightPixels: 480,
      },
    });
    const { events } = await opened.bridge.request('getCase', { caseId: opened.caseId });
    expect(events).toMatchObject([{ kind: 'evidence', evidence }]);
  });

  it('of another kind, or for a case that is not there, leaves nothing behind', async () => {
    const opened = await caseOpen();
    await expect(addPhoto(opened, fixture('code.gif'))).rejects.toMatchObject({
      fault: { code: 'picture-unknown', facts: { pictureKind: 'GIF' } },
    });
    const nowhere = { ...opened, caseId: 'no-such-case' };
    await expect(addPhoto(nowhere, fixture('photo.jpg'))).rejects.toMatchObject({
      fault: { code: 'case-unknown' },
    });
    expect(photosIn(opened.folder)).toEqual([]);
  });

  it('goes with its case, and so does one that its case never came to name', async () => {
    const opened = await caseOpen();
    const { bridge, folder, caseId } = opened;
    await addPhoto(opened, fixture('photo.jpg'));
    writeFileSync(join(folder, 'photos', `${caseId}_cut-off.png`), 'orphan');
    writeFileSync(join(folder, 'photos', 'other-case_photo.png'), 'kept');
    const { serialNumber } = identity;
    const looked = await bridge.request('deleteHistory', { serialNumber });
    expect(looked).toMatchObject({ photos: 1, cases: 1 });
    expect(photosIn(folder)).toHaveLength(3);
    await bridge.request('deleteHistory', { serialNumber, dryRun: false });
    expect(photosIn(folder)).toEqual(['other-case_photo.png']);
  });

  it('whose folder can’t be made is refused with the folder’s name', async () => {
    const opened = await caseOpen();
    rmSync(join(opened.folder, 'photos'), { recursive: true, force: true });
    writeFileSync(join(opened.folder, 'photos'), 'in the way');
    await expect(addPhoto(opened, fixture('photo.jpg'))).rejects.toMatchObject({
      fault: { code: 'data-folder-unwritable', facts: { folder: join(opened.folder, 'photos') } },
    });
    const { events } = await opened.bridge.request('getCase', { caseId: opened.caseId });
    expect(events).toEqual([]);
  });
});

describe('a text', () => {
  it('is masked before it is kept, without controls, in any script', async () => {
    const { bridge, caseId, folder } = await caseOpen();
    const said = `付款失败 🧾 مطعم\u202e ${card} 密码:hunter22 \u001b[31mPIN=4711`;
    const evidence = await bridge.request('addEvidence', {
      caseId,
      subject: 'screen',
      evidence: { form: 'text', text: said },
    });
    expect(evidence).toMatchObject({
      form: 'text',
      text: '付款失败 🧾 مطعم ************7894 密码:*** PIN=***',
    });
    await bridge.close();
    for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
      if (!/records\.db|\.log/.test(name)) continue;
      const bytes = readFileSync(join(folder, name));
      for (const secret of [card, 'hunter22', '4711']) expect(bytes.includes(secret)).toBe(false);
    }
  });

  it('without a word is no text', async () => {
    const { bridge, caseId } = await caseOpen();
    const asked = {
      caseId,
      subject: 'other',
      evidence: { form: 'text', text: ' \u202e ' },
    } as const;
    await expect(bridge.request('addEvidence', asked)).rejects.toMatchObject({
      fault: { code: 'bad-request' },
    });
  });
});

describe('the report', () => {
  it('shows a photo, and says of one whose file was altered that it is no longer that', async () => {
    const opened = await caseOpen();
    const { bridge, caseId, folder } = opened;
    await addPhoto(opened, fixture('photo.jpg'));
    const html = async () =>
      (await bridge.request('makeReport', { caseId, format: 'html', locale: 'en' })).text;
    expect(await html()).toContain('src="data:image/jpeg;base64,/9j/');
    const [name = ''] = photosIn(folder);
    writeFileSync(join(folder, 'photos', name), readFileSync(fixture('no-code.png')));
    expect(await html()).toMatch(/no longer what it was/);
    expect(await html()).not.toContain('<img');
  });

  it('leaves a photo out where the others already fill it, and takes the next that fits', async () => {
    const opened = await caseOpen();
    const { bridge, caseId, folder } = opened;
    const jpeg = readFileSync(fixture('photo.jpg'));
    const padding = { marker: 0xe2, content: `ICC_PROFILE\0${'x'.repeat(65_000)}` };
    const large = join(folder, 'large.jpg');
    writeFileSync(large, withSegments(jpeg, new Array<typeof padding>(280).fill(padding)));
    await addPhoto(opened, large);
    await addPhoto(opened, large);
    await addPhoto(opened, fixture('no-code.png'));
    const { text } = await bridge.request('makeReport', { caseId, format: 'html', locale: 'en' });
    expect(text.match(/<img/g)).toHaveLength(2);
    expect(text.match(/Left out: too large/g)).toHaveLength(1);
    expect(text.length).toBeLessThan(33 * 1024 * 1024);
  });

  it('ends the visit; ten lines for a chat do not', async () => {
    const { bridge, caseId } = await caseOpen();
    const made = async (format: 'summary' | 'json') => {
      const { suggestedName } = await bridge.request('makeReport', {
        caseId,
        format,
        locale: 'en',
      });
      return [suggestedName, (await bridge.request('getCase', { caseId })).closedUtc !== null];
    };
    expect(await made('summary')).toEqual([expect.stringMatching(/-CB-0113\.txt$/), false]);
    expect(await made('json')).toEqual([expect.stringMatching(/\.json$/), true]);
  });
});

it('a note is masked, and the newest ticket number counts', async () => {
  const { bridge, caseId } = await caseOpen();
  await bridge.request('addNote', { caseId, text: `卡号 ${card}` });
  await bridge.request('setTicket', { caseId, number: ' GD-1\n ' });
  await bridge.request('setTicket', { caseId, number: null });
  const { events } = await bridge.request('getCase', { caseId });
  expect(events).toMatchObject([
    { kind: 'note', text: '卡号 ************7894' },
    { kind: 'ticket', number: 'GD-1' },
    { kind: 'ticket', number: null },
  ]);
});

it('a card’s number is kept neither as a ticket’s nor as a shop’s name', async () => {
  const { bridge, caseId } = await caseOpen();
  const set = await bridge.request('setTicket', { caseId, number: card });
  expect(set).toEqual({ number: '************7894' });
  const asked = { terminalId: null, symptom: 'S2', shop: `面馆 ${card}` } as const;
  const { caseId: another } = await bridge.request('diagnose', asked);
  const { cases } = await bridge.request('listCases', {});
  expect(cases.find(({ id }) => id === another)?.merchant).toBe('面馆 ************7894');
});
