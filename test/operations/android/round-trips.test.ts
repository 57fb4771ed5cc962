/** How often a terminal's shell is opened: programs start slowly there, and a round trip costs more. */
import { expect, it, onTestFinished, vi } from 'vitest';
import { AdbSession } from '../../../native-bridge/sessions/adb/adb-session.ts';
import { androidModels, connectAndroid } from '../../support/android-terminal.ts';

it.each(androidModels)('%s: two to connect, one for a read, one for a diagnosis', async (model) => {
  const shell = vi.spyOn(AdbSession.prototype, 'shell');
  onTestFinished(() => shell.mockRestore());
  const terminal = await connectAndroid(model);
  const { bridge, terminalId } = terminal;
  // Which model it is, and then what that model's profile says of who it is.
  expect(shell).toHaveBeenCalledTimes(2);
  shell.mockClear();
  await terminal.read();
  expect(shell).toHaveBeenCalledTimes(1);
  shell.mockClear();
  await bridge.request('diagnose', { terminalId, symptom: 'S1' });
  expect(shell).toHaveBeenCalledTimes(1);
});
