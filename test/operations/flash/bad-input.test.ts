/** Input that no flash may stumble over: one clear answer each, and nothing lost. */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Facts } from '../../../native-bridge/contract/common.ts';
import { imageFile, imagesFolder } from '../../../native-bridge/records/data-folder.ts';
import { openDatabase } from '../../../native-bridge/records/sqlite.ts';
import { makeImage } from '../../../native-bridge/simulators/codebox/boot/make-image.ts';
import { say } from '../../../native-bridge/wording/index.ts';
import { openRecordsHere } from '../../support/records-here.ts';
import { hashes, Stage, type StageOptions } from './stage.ts';
import { liesIn } from './truth.ts';

async function connected(options: StageOptions = {}): Promise<Stage> {
  const stage = await Stage.open(options);
  onTestFinished(() => stage.end());
  expect(await stage.connect()).toMatchObject({ kind: 'result' });
  return stage;
}

/** Another run of the program finds this in the journal. `sql`: what is done to it by hand. */
async function withEntry(
  facts: Facts,
  sql = '',
): Promise<{ stage: Stage; entries: () => Promise<number> }> {
  const stage = await connected();
  const { dataFolder, time } = stage.bench;
  stage.kill();
  const here = openRecordsHere(dataFolder, 'test');
  const { terminalId } = stage;
  const entry = { request: 'flash', terminalId, caseId: null, phase: 'upload', facts };
  await time.run(here.records.journalBegin(entry));
  await here.kill();
  const database = openDatabase(join(dataFolder, 'records.db'), 1000);
  database.exec(sql);
  database.close();
  await stage.startProgram();
  const entries = async () => {
    const after = openRecordsHere(dataFolder, 'test');
    const found = await time.run(after.records.journalOf(terminalId));
    await after.kill();
    return found.length;
  };
  return { stage, entries };
}

const newerForm = 'DROP TRIGGER journal_keep; UPDATE journal SET format = 2';

describe('a flash', () => {
  it('of a file that was changed since its plan is refused, and nothing is written', async () => {
    const stage = await connected();
    const plan = await stage.plan();
    if (plan.kind !== 'result') throw new Error(plan.kind);
    const other = makeImage({ major: 2, minor: 0, revision: 0, build: 9 }, 6_000);
    writeFileSync(stage.imageFile, other);
    expect(await stage.flash(() => undefined, undefined, plan.result)).toMatchObject({
      kind: 'fault',
      code: 'file-changed',
    });
    expect(stage.truth.other?.hash ?? null).toBeNull();
  });

  it('of an image that changes on the disk while it is sent sends what was verified', async () => {
    const stage = await connected();
    const ended = await stage.flash(({ phase }) => {
      if (phase === 'upload') writeFileSync(stage.imageFile, 'something else');
    });
    expect(ended).toMatchObject({ result: { verdict: 'done', runningHash: hashes.target } });
  });

  it('after which another serial number answers confirms nothing', async () => {
    const stage = await connected();
    stage.box.setFault('other-device-after-swap', true);
    const ended = await stage.flash();
    expect(ended).toMatchObject({
      result: { verdict: 'unknown', state: { key: 'flash_state_replaced' } },
    });
    expect(stage.truth.confirmed).toBe(false);
  });

  it.each([
    ['lets the terminal go back where it can', 'swap', 'reverted', 'reverted', hashes.before],
    ['says so where it can not', 'overwrite-only', 'not-trading', 'other_model', hashes.target],
  ] as const)(
    'after which it says that it is another model %s',
    async (_does, bootloaderMode, verdict, state, runs) => {
      const stage = await connected({ bootloaderMode });
      stage.box.setFault('other-model-after-swap', true);
      const ended = await stage.flash();
      expect(ended).toMatchObject({
        result: {
          verdict,
          state: { key: `flash_state_${state}` },
          next: { key: 'flash_next_vendor' },
          fault: { code: 'image-wrong-model', facts: { found: 'CB-300', expected: 'CB-200' } },
        },
      });
      expect(stage.truth.active?.hash).toBe(runs);
      if (ended.kind === 'result') expect(liesIn(ended.result, stage.truth, hashes)).toEqual([]);
    },
  );

  it('that is looked at again confirms nothing where it says that it is another model', async () => {
    const stage = await connected();
    let killed = false;
    await stage.flash(({ phase }) => {
      if (phase !== 'reidentify' || killed) return;
      killed = true;
      stage.kill();
    });
    await stage.startProgram();
    const { bench, url } = stage;
    let asked = 0;
    // At first it is recognised by what it was; then its settings are up.
    bench.tap(url, (request) => {
      const isModel = request.header.group === 3 && request.body.get('name') === 'sys/model';
      if (!isModel || ++asked < 2) return false;
      bench.answer(url, request, { val: new TextEncoder().encode('CB-300') });
      return true;
    });
    const again = await stage.connect();
    expect(again).toMatchObject({
      result: {
        settledFlash: {
          verdict: 'unknown',
          state: { key: 'flash_state_unconfirmed' },
          next: { key: 'flash_next_restart_terminal' },
          fault: { code: 'image-wrong-model' },
        },
      },
    });
    expect(stage.truth.confirmed).toBe(false);
  });

  it.each([
    ['no bytes', 0],
    ['fewer than no bytes', -1],
    ['2^53 bytes', 2n ** 53n],
    ['2^64 - 1 bytes', 2n ** 64n - 1n],
    ['64 MiB and one byte', 64 * 1024 * 1024 + 1],
    ['as many bytes as a word says', 'many'],
    ['half a byte', new Uint8Array([8])],
  ])('into a slot of %s, as the terminal says, is refused with one sentence', async (_, size) => {
    const stage = await connected();
    const { bench, url } = stage;
    const sent: number[] = [];
    bench.tap(url, (request) => {
      const { group, id, operation } = request.header;
      if (group === 1 && operation === 'write') sent.push(id);
      if (group !== 1 || id !== 6) return false;
      const slots = [
        { slot: 0, size: 0x8000 },
        { slot: 1, size },
      ];
      bench.answer(url, request, { images: [{ image: 0, slots }] });
      return true;
    });
    const plan = await stage.plan();
    if (plan.kind !== 'result') throw new Error(plan.kind);
    const said = plan.result.blockers.map(({ text }) => say(text, 'en'));
    expect(said).toEqual([expect.stringMatching(/^What the terminal says .* can’t be true/)]);
    expect(await stage.flash()).toMatchObject({
      kind: 'fault',
      code: 'flash-blocked',
      facts: { blockers: ['absurd-slot'] },
    });
    expect(sent).toEqual([]);
  });

  it('over an application in the only slot is refused', async () => {
    const stage = await connected({ bootloaderMode: 'single-slot' });
    expect(await stage.flash()).toMatchObject({
      kind: 'fault',
      code: 'flash-blocked',
      facts: { blockers: ['no-slot'] },
    });
  });

  it.each([
    ['of a newer version of the program', { format: 99, flash: '{}' }, '', 1],
    ['of a newer form of the journal', {}, newerForm, 1],
    ['that is damaged', { format: 1, flash: '{"file":' }, '', 0],
    ['that is empty', {}, '', 0],
  ])(
    'finds an entry in the journal %s, connects, and goes well',
    async (_name, facts, sql, left) => {
      const { stage, entries } = await withEntry(facts, sql);
      expect(await stage.connect()).toMatchObject({ kind: 'result' });
      expect(stage.program?.log.join('\n')).toMatch(/can't be read: journal-(?:newer|damaged)/);
      const ended = await stage.flash();
      expect(ended).toMatchObject({ kind: 'result', result: { verdict: 'done' } });
      if (ended.kind === 'result') expect(liesIn(ended.result, stage.truth, hashes)).toEqual([]);
      expect(await entries()).toBe(left);
    },
  );

  it.each([
    ['of a newer version of the program', { format: 99, flash: '{}' }, 'interrupted_newer'],
    ['that is damaged', { format: 1, flash: '{"file":' }, 'interrupted_damaged'],
  ])('lists an entry %s as cut off, with one sentence', async (_name, facts, key) => {
    const { stage } = await withEntry(facts);
    const listed = stage.program?.bridge.request('listInterrupted', {});
    expect(await stage.bench.time.run(listed ?? Promise.reject(new Error()))).toMatchObject({
      interrupted: [{ request: 'flash', phase: null, next: { key } }],
    });
  });

  it('goes on where whoever watches the terminals fails, and the log says so', async () => {
    const stage = await connected();
    stage.program?.bridge.watchChanging(() => {
      throw new Error('no window');
    });
    expect(await stage.flash()).toMatchObject({ result: { verdict: 'done' } });
    expect(stage.program?.log.join('\n')).toContain('no window');
  });

  it('writes its copy of the image anew where the one kept is of the same size and damaged', async () => {
    const stage = await connected();
    const bytes = readFileSync(stage.imageFile);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const { dataFolder } = stage.bench;
    mkdirSync(imagesFolder(dataFolder), { recursive: true });
    writeFileSync(imageFile(dataFolder, sha256), new Uint8Array(bytes.length));
    expect(await stage.flash()).toMatchObject({ result: { verdict: 'done' } });
    expect(readFileSync(imageFile(dataFolder, sha256))).toEqual(bytes);
  });
});
