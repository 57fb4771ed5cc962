/** Waiting for a terminal that goes between its system and its recovery, with a word for whoever waits. */
import type { Sentence } from '../../../contract/common.ts';
import type { FlashPhase, FlashProgress } from '../../../contract/firmware.ts';
import { BridgeFault, faultOf } from '../../../contract/bridge-fault.ts';
import { pause } from '../../../ports/pause.ts';
import { awakeMs } from '../../awake-clock.ts';
import { comeBack } from '../../come-back.ts';
import type { Run } from '../run.ts';

/** Opening takes as long as a port that is there and silent. */
const openTimeoutMs = 6_000;
/** For whoever has to tap on the terminal's screen. */
const tapTimeoutMs = 70_000;
const tickMs = 1_000;
const pauseMs = 400;

export interface Waited {
  readonly phase: FlashPhase;
  readonly timeoutMs: number;
  /** What is shown; asked anew every time. */
  readonly says: () => Sentence;
}

/**
 * Asks again and again, whether the terminal is there or not, until `ask` gives an answer; null at
 * the deadline. Throws `interrupted` where the connection was given up, and `cancelled`.
 */
export async function* untilAnswer<T>(
  run: Run,
  { phase, timeoutMs, says }: Waited,
  ask: () => Promise<T | null>,
  signal?: AbortSignal,
): AsyncGenerator<FlashProgress, T | null, void> {
  const { connection } = run;
  const startMs = awakeMs();
  const predictedMs = run.meter.predictedMs(phase) || timeoutMs;
  connection.awaited = true;
  try {
    for (;;) {
      const passedMs = awakeMs() - startMs;
      run.silentMs = passedMs;
      if (connection.ended) throw new BridgeFault('interrupted');
      if (signal?.aborted === true) throw new BridgeFault('cancelled');
      if (passedMs >= timeoutMs) return null;
      const within = 1 - Math.exp(-passedMs / predictedMs);
      yield run.meter.at(phase, within, says());
      const answer = yield* ticking(run, { phase, within, says }, answered(run, ask));
      if (answer !== null) return answer;
      await pause(pauseMs);
    }
  } finally {
    connection.awaited = false;
  }
}

interface Answering<T> {
  readonly answer: Promise<T | null>;
  /** What the terminal itself waits for. */
  readonly needs: () => Sentence | null;
}

function answered<T>(run: Run, ask: () => Promise<T | null>): Answering<T> {
  let needs: Sentence | null = null;
  const open = async (): Promise<T | null> => {
    const late = new AbortController();
    let timer = setTimeout(() => late.abort(), openTimeoutMs);
    try {
      if (!run.connection.connected) {
        const tell = ({ waitingFor }: { readonly waitingFor: Sentence | null }) => {
          // Cut off now, the question would vanish from its screen.
          needs = waitingFor;
          clearTimeout(timer);
          timer = setTimeout(() => late.abort(), tapTimeoutMs);
        };
        await comeBack(run.context, run.connection, { anyone: true, tell }, late.signal);
      }
      return await ask();
    } catch (error) {
      const { code } = faultOf(error);
      // A recording that ends here will not go on.
      if (code === 'not-recorded') throw error;
      run.context.log.debug(`not there: ${code}`);
      return null;
    } finally {
      clearTimeout(timer);
    }
  };
  return { answer: open(), needs: () => needs };
}

/** Shows that it still waits. */
async function* ticking<T>(
  run: Run,
  { phase, within, says }: Pick<Waited, 'phase' | 'says'> & { readonly within: number },
  { answer, needs }: Answering<T>,
): AsyncGenerator<FlashProgress, T | null, void> {
  const ticks = everySecond(answer);
  for (;;) {
    const tick = await ticks.next();
    if (tick.done === true) return tick.value;
    yield run.meter.at(phase, within, needs() ?? says());
  }
}

/** Yields once a second until the work is done. Throws what it throws. */
export async function* everySecond<T>(work: Promise<T>): AsyncGenerator<undefined, T, void> {
  const settled = work.then(
    () => true,
    () => true,
  );
  for (;;) {
    const tick = pause(tickMs).then(() => false);
    if (await Promise.race([settled, tick])) return await work;
    yield undefined;
  }
}
