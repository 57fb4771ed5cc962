/**
 * The disk fills at each write in turn: of everything that is written down during a visit (journal,
 * events, correction, backup, the image's copy, a photo, a report, a recording) what was acknowledged is
 * there afterwards, whole, and what was not is not there at all.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statfsSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { writeReport } from '../../cli/write-report.ts';
import { BridgeFault } from '../../native-bridge/contract/bridge-fault.ts';
import { addEvidence } from '../../native-bridge/operations/evidence/add-evidence.ts';
import { Files } from '../../native-bridge/operations/files.ts';
import { loadStoredImage, storeImage } from '../../native-bridge/operations/flash/image-store.ts';
import { parseOpenings } from '../../native-bridge/ports/recording-file.ts';
import { openDatabase, scalar } from '../../native-bridge/records/sqlite.ts';
import type { Records } from '../../native-bridge/records/types.ts';
import { recordToFile } from '../../native-bridge/sessions/recording.ts';
import { faultWords } from '../../native-bridge/wording/index.ts';
import { fixture } from '../pictures/support.ts';
import { openRecordsHere } from '../support/records-here.ts';
import { atUtc, identity, openedCase, temporaryFolder } from './support.ts';

// A few dozen visits, each with a database of its own.
vi.setConfig({ testTimeout: 120_000 });

const canMount = process.getuid?.() === 0 && process.platform === 'linux';
if (!canMount) console.log('not run: a full disk (needs root on Linux to mount a small one)');

const pageBytes = 4096;
const image = Buffer.alloc(20_000, 0x5a);
const imageSha256 = createHash('sha256').update(image).digest('hex');
const report = `<html>${'付款'.repeat(3_000)}</html>`;
const oldReport = 'an earlier one';

interface Visit {
  readonly folder: string;
  readonly records: Records;
  readonly terminalId: string;
  readonly caseId: string;
}

/** One thing that is written down; `there`: all of it, after the records were opened again. */
interface Deed {
  readonly name: string;
  do(visit: Visit): Promise<unknown>;
  there(visit: Visit): Promise<boolean>;
}

const note = (name: string, length: number): Deed => {
  const text = `${name} ${'长'.repeat(length)}`;
  return {
    name,
    do: ({ records, caseId }) => records.appendEvent(caseId, { kind: 'note', atUtc, text }),
    there: async ({ records, caseId }) => {
      const { events } = await records.getCase(caseId);
      return events.some((event) => event.kind === 'note' && event.text === text);
    },
  };
};

const isOpen = async ({ records, terminalId }: Visit, request: string, phase: string) => {
  const open = await records.journalOf(terminalId);
  return open.some((entry) => entry.request === request && entry.phase === phase);
};

const entry = (request: string): Deed => ({
  name: `journal: ${request}`,
  do: ({ records, terminalId, caseId }) => {
    const facts = { plan: 'x'.repeat(2_500) };
    return records.journalBegin({ request, terminalId, caseId, phase: 'backup', facts });
  },
  there: (visit) => isOpen(visit, request, 'backup'),
});

const correction = {
  id: 'c',
  atUtc,
  outcome: 'applied',
  changes: [
    { key: 'k', before: '1', after: '2', readBack: '2', secret: false, verified: true },
    {
      key: 'l',
      before: null,
      after: 'v'.repeat(4_000),
      readBack: 'v',
      secret: false,
      verified: true,
    },
  ],
  restartNeeded: false,
} as const;

const deeds: readonly Deed[] = [
  note('short', 10),
  entry('flash'),
  {
    name: 'backup',
    do: ({ records, terminalId, caseId }) =>
      records.saveBackup({
        ...{ format: 1, id: 'b', terminalId, caseId, atUtc, reason: 'before-flash' },
        ...{ profile: 'code-box', model: identity.model, serialNumber: null },
        firmwareVersion: null,
        values: [{ key: 'k', bytes: 'ab'.repeat(4_000) }],
        ...{ reenter: [], unread: [] },
      }),
    there: async ({ records }) =>
      (await records.getBackup('b'))?.values[0]?.bytes?.length === 8_000,
  },
  {
    name: 'image',
    do: ({ folder }) => storeImage(folder, imageSha256, image),
    there: async ({ folder }) => (await loadStoredImage(folder, imageSha256)) !== null,
  },
  entry('applySettings'),
  {
    name: 'photo',
    do: async ({ records, caseId }) => {
      const files = new Files();
      const { fileId } = await files.register(fixture('photo.jpg'));
      const evidence = { form: 'photo', fileId } as const;
      await addEvidence({ records, files }, { caseId, subject: 'bill', evidence });
    },
    there: async ({ folder, records, caseId }) => {
      const { events } = await records.getCase(caseId);
      const named = events.some(({ kind }) => kind === 'evidence');
      const kept = existsSync(join(folder, 'photos')) ? readdirSync(join(folder, 'photos')) : [];
      // Both or neither, and no half of one.
      expect(kept).toHaveLength(named ? 1 : 0);
      return named;
    },
  },
  {
    name: 'correction',
    do: ({ records, terminalId, caseId }) =>
      records.endCorrection({
        correction: { ...correction, changes: [...correction.changes], terminalId, caseId },
        ...{ keep: true, undoes: null, journalId: null },
      }),
    there: async ({ records, caseId }) => {
      const kept = (await records.getCorrection('c')) !== null;
      const { events } = await records.getCase(caseId);
      // Both or neither: it is one deed.
      expect(events.some(({ kind }) => kind === 'correction')).toBe(kept);
      return kept;
    },
  },
  {
    name: 'report',
    do: ({ folder }) => writeReport(join(folder, 'report.html'), report),
    there: ({ folder }) => {
      const text = readFileSync(join(folder, 'report.html'), 'utf8');
      expect([oldReport, report]).toContain(text);
      return Promise.resolve(text === report);
    },
  },
  note('long', 20_000),
  {
    name: 'preference',
    do: ({ records }) => records.setPreference('p', 'q'.repeat(9_000)),
    there: async ({ records }) => (await records.getPreference('p'))?.length === 9_000,
  },
];

interface Said {
  readonly deed: Deed;
  readonly refusal: BridgeFault['fault'] | { code: string; facts: object } | null;
}

async function tried(deed: Deed, visit: Visit): Promise<Said> {
  try {
    await deed.do(visit);
    return { deed, refusal: null };
  } catch (error) {
    const fault = error instanceof BridgeFault ? error.fault : (error as Said['refusal']);
    return { deed, refusal: fault };
  }
}

/** Ended by the full disk or not, it is a recording that can be played. */
async function record(folder: string): Promise<void> {
  const file = join(folder, 'talk.jsonl');
  const recording = await recordToFile(file).catch(() => null);
  recording?.opened(115_200);
  for (let n = 0; n < 40; n++) recording?.bytes('terminal', new Uint8Array(200).fill(n));
  await recording?.close();
  if (existsSync(file)) parseOpenings(readFileSync(file, 'utf8'));
}

/** A new one for each: a closed database keeps its pages until its statements are collected. */
async function onSmallDisk<T>(work: (disk: string) => Promise<T>): Promise<T> {
  const disk = join(temporaryFolder(), 'disk');
  mkdirSync(disk);
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', disk]);
  try {
    return await work(disk);
  } finally {
    execFileSync('umount', ['-l', disk]);
  }
}

/** Leaves so many pages, until they are given back. */
function fillBut(disk: string, freePages: number): () => void {
  const { bavail, bsize } = statfsSync(disk);
  const ballast = join(disk, 'ballast');
  const bytes = bavail * bsize - freePages * pageBytes;
  writeFileSync(ballast, Buffer.alloc(Math.max(0, bytes), 1));
  return () => rmSync(ballast);
}

/** How many of the deeds were acknowledged. */
async function visitWith(disk: string, freePages: number): Promise<number> {
  const folder = join(disk, 'data');
  const first = openRecordsHere(folder, 'test');
  const ids = await openedCase(first.records);
  writeFileSync(join(folder, 'report.html'), oldReport);
  const giveBack = fillBut(disk, freePages);
  const visit: Visit = { folder, records: first.records, ...ids };
  const said: Said[] = [];
  for (const deed of deeds) said.push(await tried(deed, visit));
  await record(folder);
  // Closed while there is no room: what is in the write-ahead log stays there.
  await first.kill();
  giveBack();
  for (const { refusal } of said) {
    if (refusal) expect(refusal).toMatchObject({ code: 'disk-full' });
  }
  const again = openRecordsHere(folder, 'test');
  const after: Visit = { ...visit, records: again.records };
  for (const { deed, refusal } of said) {
    expect([freePages, deed.name, await deed.there(after)]).toEqual([
      freePages,
      deed.name,
      refusal === null,
    ]);
  }
  // With room it goes on.
  await after.records.appendEvent(after.caseId, { kind: 'note', atUtc, text: 'again' });
  await again.kill();
  const database = openDatabase(join(folder, 'records.db'), 1000);
  expect(scalar(database, 'PRAGMA integrity_check')).toBe('ok');
  database.close();
  return said.filter(({ refusal }) => refusal === null).length;
}

async function opensWith(disk: string, freePages: number): Promise<boolean> {
  const folder = join(disk, 'data');
  const giveBack = fillBut(disk, freePages);
  let opened = true;
  try {
    await openRecordsHere(folder, 'test').kill();
  } catch (error) {
    opened = false;
    expect(error).toMatchObject({ code: 'disk-full' });
  }
  giveBack();
  const again = openRecordsHere(folder, 'test');
  await openedCase(again.records);
  await again.kill();
  return opened;
}

describe.runIf(canMount)('a disk that fills at each write of a visit', () => {
  it('loses nothing that was acknowledged, and keeps nothing by halves', async () => {
    const seen = new Set<number>();
    let freePages = 0;
    for (; !seen.has(deeds.length); freePages++) {
      seen.add(await onSmallDisk((disk) => visitWith(disk, freePages)));
    }
    console.log(`full disk: ${freePages} places where it fills, ${deeds.length} things written`);
    expect(seen.size).toBeGreaterThan(4);
  });

  it('is named when the records are made, and leaves what opens with room', async () => {
    let opened = false;
    for (let freePages = 0; !opened; freePages += 3) {
      opened = await onSmallDisk((disk) => opensWith(disk, freePages));
    }
  });

  it('is told in one sentence in both languages', () => {
    for (const locale of ['zh-CN', 'en'] as const) {
      const fault = { code: 'disk-full', facts: { folder: '/data' }, trace: [] } as const;
      const { what, next } = faultWords(fault, locale);
      expect(what).toContain('/data');
      expect(next).not.toBe('');
    }
  });
});
