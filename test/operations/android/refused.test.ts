/** Dumps that the terminal refuses end well all the same: their words say why there is no value. */
import { expect, it } from 'vitest';
import { AndroidReader } from '../../../native-bridge/operations/readings/android-reader.ts';
import type { Source } from '../../../native-bridge/terminals/profile-source.ts';
import { sessionOver } from '../../support/adb-session.ts';
import { daemonWithShell } from '../../support/scripted-shell.ts';

const battery: Source = { from: 'android-dump', dump: 'battery', field: 'levelPercent' };

/** As a script's output: one command printed this, and ended well. */
function printed(script: string, output: string): string {
  const marker = /^m='([0-9a-f]+)''([0-9a-f]+)'/.exec(script)?.slice(1).join('') ?? '';
  return `\n${marker} o begin 41 42 ok\n${output}\n\n${marker} o 0 0\n`;
}

const refusal = "Permission Denial: can't dump BatteryService from pid=4711, uid=2000";

it.each([
  [refusal, { code: 'command-refused', facts: { meaning: refusal } }],
  ['Error while accessing provider:settings', { code: 'command-refused' }],
  ["Can't find service: battery", { code: 'command-unsupported' }],
])('%s', async (output, fault) => {
  const shell = daemonWithShell((script) => ({ output: printed(script, output), exitCode: 0 }));
  const reader = new AndroidReader(await sessionOver(shell), new AbortController().signal);
  await expect(reader.fetch(battery)).rejects.toMatchObject({ fault });
});
