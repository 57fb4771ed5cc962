/**
 * Runs one cell of the fault matrix: a flash with one mishap at one moment; then the bench is put
 * right, the technician does what the result said, and a second run must end well.
 */
import type { FlashResult } from '../../../native-bridge/contract/firmware.ts';
import type { Mishap, Moment } from './cells.ts';
import { hashes, Stage, type Ended, type StageOptions } from './stage.ts';
import { isFlashed, liesIn } from './truth.ts';

export interface CellReport {
  /** Empty: all is well. */
  readonly problems: string[];
  /** Of the first run: the verdict and its sentence, or why there was none. */
  readonly first: string;
  readonly happened: boolean;
}

export async function runCell(
  moment: Moment,
  mishap: Mishap,
  options: StageOptions,
): Promise<CellReport> {
  const sleeps = mishap.name.startsWith('host asleep');
  const stage = await Stage.open({ ...options, sleeps });
  const problems: string[] = [];
  let first = 'stuck';
  let happened = false;
  try {
    const connected = await stage.connect();
    if (connected.kind !== 'result') throw new Error(`not connected: ${told(connected)}`);
    // Who never told its settings can't get them back.
    if (options.dead !== true) stage.box.setFault('settings-lost-some', true);
    const happen = once(() => {
      happened = true;
      mishap.happen(stage);
    }, moment.afterMs ?? 0);
    const ended = await firstRun(stage, moment, happen.arm);
    happen.disarm();
    first = told(ended);
    problems.push(...judged(stage, ended, lying(mishap)));
    const next = ended.kind === 'result' ? ended.result.next.key : '';
    problems.push(...(await secondRun(stage, mishap, next)));
  } catch (error) {
    problems.push(error instanceof Error ? error.message : String(error));
  } finally {
    await stage.end();
  }
  return { problems, first, happened };
}

/** Armed again it does nothing; disarmed before its time it never happens. */
function once(run: () => void, afterMs: number): { arm: () => void; disarm: () => void } {
  let armed = false;
  let timer: NodeJS.Timeout | null = null;
  return {
    arm: () => {
      if (armed) return;
      armed = true;
      if (afterMs > 0) timer = setTimeout(run, afterMs);
      else run();
    },
    disarm: () => {
      if (timer) clearTimeout(timer);
    },
  };
}

async function firstRun(
  stage: Stage,
  moment: Moment,
  happen: () => void,
): Promise<Ended<FlashResult>> {
  if (moment.name !== 'plan') {
    return await stage.flash((progress) => {
      if (moment.is(progress)) happen();
    });
  }
  setTimeout(happen, 12);
  const planned = await stage.plan();
  return planned.kind === 'result' ? await stage.flash() : planned;
}

/** Told of a device that lies, and truly told of what it said. */
function lying({ faults = [] }: Mishap): boolean {
  return faults.some((fault) => fault.endsWith('-reported'));
}

function judged(stage: Stage, ended: Ended<FlashResult>, lies: boolean): string[] {
  if (ended.kind !== 'result') return [];
  const found = liesIn(ended.result, stage.truth, hashes);
  return lies ? found.filter((lie) => /^(?:done|not-trading)/.test(lie)) : found;
}

async function secondRun(stage: Stage, { faults = [] }: Mishap, next: string): Promise<string[]> {
  const problems: string[] = [];
  await stage.repair([...faults, 'settings-lost-some']);
  if (next === 'flash_next_restart_terminal') {
    stage.box.reset();
    await stage.bench.time.pass(6_000);
  }
  if (next === 'flash_next_wait') await stage.bench.time.pass(3 * 60_000);
  const connected = await stage.connect();
  if (connected.kind !== 'result') return [`second run: not connected: ${told(connected)}`];
  const { settledFlash } = connected.result;
  if (settledFlash) {
    problems.push(...liesIn(settledFlash, stage.truth, hashes).map((lie) => `settled: ${lie}`));
  }
  const again = await stage.flash();
  const settled = settledFlash ? `settled ${settledFlash.verdict}, ` : '';
  if (isFlashed(stage.truth, hashes) && again.kind === 'fault') {
    if (again.code !== 'flash-blocked') problems.push(`second run: ${settled}${told(again)}`);
  } else if (again.kind !== 'result' || again.result.verdict !== 'done') {
    problems.push(`second run: ${settled}${told(again)}`);
  } else {
    problems.push(...liesIn(again.result, stage.truth, hashes).map((lie) => `second: ${lie}`));
  }
  return [...problems, ...lostSettings(stage)];
}

/** Secrets can't be put back. */
function lostSettings({ settingsBefore, truth }: Stage): string[] {
  return Object.entries(settingsBefore)
    .filter(([key, value]) => key !== 'wifi/psk' && truth.settings[key] !== value)
    .map(([key]) => `${key} is lost`);
}

export function told(ended: Ended<unknown>): string {
  if (ended.kind === 'fault') return `fault ${ended.code} ${JSON.stringify(ended.facts)}`;
  if (ended.kind === 'killed') return 'killed';
  const { verdict, state, fault, failedPhase } = ended.result as FlashResult;
  const why = fault ? ` (${failedPhase ?? ''}: ${fault.code})` : '';
  return `${verdict}, ${state.key.replace('flash_state_', '')}${why}`;
}
