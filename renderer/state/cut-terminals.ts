/** The terminals whose connection was cut with the line to the bridge. */
import type { Terminal } from '../../native-bridge/contract/terminal.ts';

/** A terminal that was connected when the line was lost, and what it was doing. */
export type CutTerminal = Pick<Terminal, 'id' | 'portUrl' | 'identity' | 'activity' | 'training'>;

/** At a loss: those that are connected now, and those of an earlier loss that never came back. */
export function stillCut(
  earlier: readonly CutTerminal[],
  list: readonly Terminal[],
): readonly CutTerminal[] {
  const connected = list.filter((terminal) => terminal.connected);
  const isBack = ({ id }: CutTerminal): boolean => connected.some((one) => one.id === id);
  return [...earlier.filter((one) => !isBack(one)), ...connected];
}
