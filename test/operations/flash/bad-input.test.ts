/** Input that no flash may stumble over: one clear answer each, and nothing lost. */
import { writeFileSync } from 'node:fs';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Facts } from '../../../native-bridge/contract/common.ts';
import { makeImage } from '../../../native-bridge/simulators/codebox/boot/make-image.ts';
import { openRecordsHere } from '../../support/records-here.ts';
import { hashes, Stage, type StageOptions } from './stage.ts';
import { liesIn } from './truth.ts';

async function connected(options: StageOptions = {}): Promise<Stage> {
  const stage = await Stage.open(options);
  onTestFinished(() => stage.end());
  expect(await stage.connect()).toMatchObject({ kind: 'result' });
  return stage;
}

/** Another run of the program finds this in the journal. */
async function withEntry(facts: Facts): Promise<{ stage: Stage; entries: () => Promise<number> }> {
  const stage = await connected();
  const { dataFolder, time } = stage.bench;
  stage.kill();
  const here = openRecordsHere(dataFolder, 'test');
  const { terminalId } = stage;
  const entry = { request: 'flash', terminalId, caseId: null, phase: 'upload', facts };
  await time.run(here.records.journalBegin(entry));
  await stage.startProgram();
  const entries = async () => (await time.run(here.records.journalOf(terminalId))).length;
  return { stage, entries };
}

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

  it('over an application in the only slot is refused', async () => {
    const stage = await connected({ bootloaderMode: 'single-slot' });
    expect(await stage.flash()).toMatchObject({
      kind: 'fault',
      code: 'flash-blocked',
      facts: { blockers: ['no-slot'] },
    });
  });

  it.each([
    ['of a newer version of the program', { format: 99, flash: '{}' }, 1],
    ['that is damaged', { format: 1, flash: '{"file":' }, 0],
    ['that is empty', {}, 0],
  ])('finds an entry in the journal %s, connects, and goes well', async (_name, facts, left) => {
    const { stage, entries } = await withEntry(facts);
    expect(await stage.connect()).toMatchObject({ kind: 'result' });
    expect(stage.program?.log.join('\n')).toMatch(/can't be read: journal-(?:newer|damaged)/);
    const ended = await stage.flash();
    expect(ended).toMatchObject({ kind: 'result', result: { verdict: 'done' } });
    if (ended.kind === 'result') expect(liesIn(ended.result, stage.truth, hashes)).toEqual([]);
    expect(await entries()).toBe(left);
  });
});
