/** A terminal that has fallen silent is not waited for once for each thing that it is asked for. */
import { BridgeFault } from '../contract/bridge-fault.ts';
import type { Fault } from '../contract/fault.ts';

/**
 * To be told what became of each thing asked for, in order (null: it was answered). Throws `reply-timeout`
 * where none of the first `most` was; once one was, what fails later is its own matter.
 */
export function unlessSilent(most: number): (failure: Fault | null) => void {
  let unanswered = 0;
  let answers = false;
  return (failure) => {
    if (failure?.code === 'reply-timeout') unanswered += 1;
    else answers = true;
    if (failure !== null && !answers && unanswered >= most) throw BridgeFault.of(failure);
  };
}
