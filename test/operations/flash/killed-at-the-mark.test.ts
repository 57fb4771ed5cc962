/** The program is killed while it marks the new image: what then is so, and what it says of it. */
import { describe, expect, it, onTestFinished } from 'vitest';
import type { FlashProgress, FlashResult } from '../../../native-bridge/contract/firmware.ts';
import { hashes, Stage } from './stage.ts';
import { liesIn } from './truth.ts';

/** Killed at once when the step begins, or as soon as the mark is on the terminal. */
async function killedWhile(when: 'before the mark' | 'marked'): Promise<Stage> {
  const stage = await Stage.open();
  onTestFinished(() => stage.end());
  await stage.connect();
  const kill = ({ phase }: FlashProgress) => {
    if (phase !== 'activate') return;
    if (when === 'before the mark') {
      stage.kill();
      return;
    }
    const watch = setInterval(() => {
      if (stage.truth.swap !== 'test') return;
      clearInterval(watch);
      stage.kill();
    }, 1);
  };
  expect(await stage.flash(kill)).toEqual({ kind: 'killed' });
  return stage;
}

async function restart({ box, bench }: Stage, times: number): Promise<void> {
  for (let n = 0; n < times; n++) {
    box.reset();
    await bench.time.pass(8_000);
  }
}

async function settled(stage: Stage): Promise<FlashResult> {
  await stage.startProgram();
  const connected = await stage.connect();
  const result = connected.kind === 'result' ? connected.result.settledFlash : undefined;
  if (!result) throw new Error('nothing was settled');
  expect(liesIn(result, stage.truth, hashes)).toEqual([]);
  return result;
}

describe('a flash that was cut off at its mark', () => {
  it.each([
    ['before it reached the terminal', 'before the mark', 0, 'nothing-changed', 'uploaded'],
    ['after it reached the terminal', 'marked', 0, 'nothing-changed', 'pending'],
    ['and was started since', 'marked', 1, 'done-late', 'done'],
    ['and was started and given up since', 'marked', 2, 'nothing-changed', 'perhaps_tried'],
  ] as const)('%s says what is so', async (_name, when, restarts, verdict, state) => {
    const stage = await killedWhile(when);
    await restart(stage, restarts);
    expect(await settled(stage)).toMatchObject({ verdict, state: { key: `flash_state_${state}` } });
  });

  it('and was given up has its settings back', async () => {
    const stage = await killedWhile('marked');
    stage.box.setFault('settings-lost-by-revert', true);
    await restart(stage, 2);
    expect((await settled(stage)).settings?.failed).toEqual([]);
    expect(stage.truth.settings['pay/tid']).toBe(stage.settingsBefore['pay/tid']);
  });
});
