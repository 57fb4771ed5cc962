/** Practice: a simulated counter terminal, before whose scanner the codes are held by themselves. */
import type { DrawnCode, Carrier } from '../../native-bridge/contract/scanner.ts';
import type { Terminal } from '../../native-bridge/contract/terminal.ts';
import type { Shell } from '../shell.ts';
import type { Holder } from './run-scanner-test.ts';
import { refuseUnknown } from './simulate.ts';

export async function startTrainingCounter(
  shell: Shell,
  faults: string[],
  carrier: Carrier,
): Promise<{ readonly terminal: Terminal; readonly hold: Holder }> {
  const model = 'counter';
  await refuseUnknown(shell, faults, model);
  const bridge = await shell.bridge();
  const { signal } = shell;
  const { portUrl } = await bridge.request('startTraining', { model, faults }, { signal });
  const terminal = await bridge.request('connect', { portUrl }, { signal });
  const { codes } = await bridge.request('scannerCodes', {}, { signal });
  const hold = async (number: number): Promise<boolean> => {
    const due = codes.find((each) => each.number === number);
    if (due === undefined) return false;
    const code = presented(due, carrier);
    return (await bridge.request('presentTrainingCode', { portUrl, code })).decodeMs !== null;
  };
  return { terminal, hold };
}

function presented(code: DrawnCode, carrier: Carrier) {
  const { text, level, sizeMm, contrastPercent, damagePercent, rotatedDegrees, inverted } = code;
  const lit = carrier === 'screen';
  return { text, level, sizeMm, contrastPercent, damagePercent, rotatedDegrees, inverted, lit };
}
