/** A script that is cut off: its whole sections are answers, the rest says why it is missing. */
import { expect, it } from 'vitest';
import { AndroidReader } from '../../../native-bridge/operations/readings/android-reader.ts';
import type { Source } from '../../../native-bridge/terminals/profile-source.ts';
import { sessionOver } from '../../support/adb-session.ts';
import { cutOffShell } from '../../support/cut-off-shell.ts';

const dump = (name: string, field: string): Source => ({ from: 'android-dump', dump: name, field });
const battery = dump('battery', 'levelPercent');
const uptime = dump('uptime', 'seconds');

/** The first command's section whole, and the beginning of the second's. */
function firstSectionOf(script: string): string {
  const marker = /^m='([0-9a-f]+)''([0-9a-f]+)'/.exec(script)?.slice(1).join('') ?? '';
  return [
    '',
    `${marker} o begin 41 42 ok`,
    'Current Battery Service state:',
    '  status: 2',
    '  level: 71',
    '  scale: 100',
    '',
    `${marker} o 0 0`,
    '4021.7',
  ].join('\n');
}

it.each(['closed', 'silent'] as const)('because the stream is %s', async (ends) => {
  const session = await sessionOver(cutOffShell(firstSectionOf, ends));
  const untilMs = performance.now() + 200;
  const reader = new AndroidReader(session, new AbortController().signal, untilMs);
  reader.expect([battery, uptime]);
  expect(await reader.fetch(battery)).toMatchObject({ text: '71' });
  await expect(reader.fetch(uptime)).rejects.toMatchObject({
    code: ends === 'closed' ? 'reply-malformed' : 'reply-timeout',
  });
});
