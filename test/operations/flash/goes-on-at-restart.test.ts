/** A flash that goes on with an image that was marked before: what it says is what an unbroken one says. */
import { describe, expect, it, onTestFinished } from 'vitest';
import type { FlashProgress, FlashResult } from '../../../native-bridge/contract/firmware.ts';
import { hashes, imageBytes, Stage } from './stage.ts';
import { liesIn } from './truth.ts';

async function opened(): Promise<Stage> {
  const stage = await Stage.open();
  onTestFinished(() => stage.end());
  await stage.connect();
  return stage;
}

/** Killed when the restart begins, before it is asked for. */
async function killedAtTheRestart(stage: Stage): Promise<void> {
  const { program } = stage;
  const ended = await stage.flash(({ phase }: FlashProgress) => {
    // What this run had still to tell may come when the next one has begun.
    if (phase === 'restart' && stage.program === program) stage.kill();
  });
  expect(ended).toEqual({ kind: 'killed' });
}

/** And started again. */
async function killedAfterTheMark(stage: Stage): Promise<void> {
  await killedAtTheRestart(stage);
  expect(stage.truth.swap).toBe('test');
  await stage.startProgram();
  expect(await stage.connect()).toMatchObject({
    result: { settledFlash: { state: { key: 'flash_state_pending' } } },
  });
}

async function flashed(stage: Stage): Promise<FlashResult> {
  const ended = await stage.flash();
  if (ended.kind !== 'result') throw new Error(`no result: ${JSON.stringify(ended)}`);
  expect(liesIn(ended.result, stage.truth, hashes)).toEqual([]);
  return ended.result;
}

/** `cut off`: killed after the mark, and flashed again. */
describe('a flash of a terminal that does not start the image', () => {
  it.each([
    ['boots-old-image', 'cut off', 'nothing-changed', 'not_swapped', 'vendor'],
    ['boots-old-image', 'unbroken', 'nothing-changed', 'not_swapped', 'vendor'],
    ['boot-pin-held', 'cut off', 'needs-firmware', 'stored_not_running', 'flash_recovery'],
    ['boot-pin-held', 'unbroken', 'needs-firmware', 'stored_not_running', 'flash_recovery'],
  ])('(%s), %s, says what is so', async (fault, how, verdict, state, next) => {
    const stage = await opened();
    if (how === 'cut off') await killedAfterTheMark(stage);
    stage.box.setFault(fault, true);
    expect(await flashed(stage)).toMatchObject({
      verdict,
      state: { key: `flash_state_${state}` },
      next: { key: `flash_next_${next}` },
      sentBytes: imageBytes,
    });
  });
});

describe('a flash that goes on at its restart', () => {
  it('and is killed once more still knows of the mark', async () => {
    const stage = await opened();
    await killedAfterTheMark(stage);
    await killedAtTheRestart(stage);
    for (let times = 0; times < 2; times++) {
      stage.box.reset();
      await stage.bench.time.pass(8_000);
    }
    await stage.startProgram();
    expect(await stage.connect()).toMatchObject({
      result: { settledFlash: { verdict: 'reverted', state: { key: 'flash_state_reverted' } } },
    });
  });
});
