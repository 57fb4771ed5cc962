/**
 * Back to the system, however the installation went: it comes by itself, or the recovery (or boot
 * loader) is asked to leave, or somebody chooses so on its screen. Until the deadline it is waited for, never "failed".
 */
import type { Sentence } from '../../../contract/common.ts';
import type { FlashProgress } from '../../../contract/firmware.ts';
import { faultOf } from '../../../contract/bridge-fault.ts';
import { awakeMs } from '../../awake-clock.ts';
import type { FirmwareState, HandedOverMethod, PartitionedMethod } from '../method.ts';
import { enter, type Run } from '../run.ts';
import { untilAnswer } from './wait.ts';

const lookTimeoutMs = 5_000;
const requestTimeoutMs = 5_000;
/** So long a recovery that is done may stay before it is asked to leave, and asked again. */
const leavesWithinMs = [3_000, 20_000] as const;
/** One that has not gone by then stays. */
const staysMs = 45_000;
const staysUnaskedMs = 3_000;
/** Not seen for so long, it has gone. */
const goneAfterMs = 8_000;

type Leaving = HandedOverMethod | PartitionedMethod;

const wordsOf: Readonly<
  Record<Leaving['course'], { readonly leaves: string; readonly either: string }>
> = {
  'handed-over': { leaves: 'flash_wait_recovery_leaves', either: 'flash_wait_either' },
  partitioned: {
    leaves: 'flash_wait_boot_loader_leaves',
    either: 'flash_wait_either_boot_loader',
  },
};

/** `mayLeave`: no half-written system is started by it. null: it is silent at the deadline. */
export async function* backInSystem(
  run: Run,
  method: Leaving,
  mayLeave: boolean,
): AsyncGenerator<FlashProgress, FirmwareState | null, void> {
  await enter(run, 'restart');
  const recovery = new WatchedRecovery(run, method, mayLeave);
  const waited = {
    phase: 'restart',
    timeoutMs: run.swapTimeoutMs,
    says: () => recovery.says(),
  } as const;
  const answer = yield* untilAnswer(run, waited, async () => {
    const state = await method.look({ timeoutMs: lookTimeoutMs });
    if (state.answering === 'application') return state;
    return (await recovery.stays(state)) ? state : null;
  });
  return answer ?? recovery.lastSeen();
}

class WatchedRecovery {
  readonly #run: Run;
  readonly #method: Leaving;
  readonly #mayLeave: boolean;
  #sinceMs = 0;
  #seen: { readonly state: FirmwareState; readonly atMs: number } | null = null;
  #asked = 0;

  constructor(run: Run, method: Leaving, mayLeave: boolean) {
    this.#run = run;
    this.#method = method;
    this.#mayLeave = mayLeave;
  }

  says(): Sentence {
    const minutes = Math.ceil(this.#run.swapTimeoutMs / 60_000);
    const stays = this.lastSeen() !== null && awakeMs() - this.#sinceMs >= leavesWithinMs[0];
    const words = wordsOf[this.#method.course];
    if (stays) return { key: words.leaves, facts: {} };
    const key = this.#run.marks.marked ? 'flash_wait_system' : words.either;
    return { key, facts: { minutes } };
  }

  /** null: it does not answer any more. */
  lastSeen(): FirmwareState | null {
    const seen = this.#seen;
    return seen !== null && awakeMs() - seen.atMs < goneAfterMs ? seen.state : null;
  }

  /** It answers; true: it will not go. */
  async stays(state: FirmwareState): Promise<boolean> {
    if (this.lastSeen() === null) this.#sinceMs = awakeMs();
    this.#seen = { state, atMs: awakeMs() };
    const forMs = awakeMs() - this.#sinceMs;
    if (!this.#mayLeave) return forMs >= staysUnaskedMs;
    const nextMs = leavesWithinMs[this.#asked];
    if (nextMs !== undefined && forMs >= nextMs) {
      this.#asked++;
      await this.#leave();
    }
    return forMs >= staysMs;
  }

  /** Old recoveries can't be asked; somebody chooses it on the screen. */
  async #leave(): Promise<void> {
    try {
      await this.#method.restart({ timeoutMs: requestTimeoutMs });
    } catch (error) {
      this.#run.context.log.info(`the recovery does not restart: ${faultOf(error).code}`);
    }
  }
}
