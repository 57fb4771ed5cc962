/** Battery values that somebody set by hand (`dumpsys battery set …`) are told with a caveat. */
import { expect, it } from 'vitest';
import { readerOver } from '../../../native-bridge/operations/readings/reader-over.ts';
import { takeOne } from '../../../native-bridge/operations/readings/take-one.ts';
import { shippedProfiles } from '../../../native-bridge/terminals/catalogue.ts';
import { sessionOver } from '../../support/adb-session.ts';
import { cutOffShell } from '../../support/cut-off-shell.ts';

const generic = shippedProfiles().find(({ name }) => name === 'android-generic');
const how = generic?.readings.get('battery.levelPercent');

async function levelFrom(head: string) {
  const print = (script: string): string => {
    const marker = /^m='([0-9a-f]+)''([0-9a-f]+)'/.exec(script)?.slice(1).join('') ?? '';
    const block = [head, '  status: 2', '  level: 71', '  scale: 100'];
    return ['', `${marker} o begin 41 42 ok`, ...block, '', `${marker} o 0 0`, ''].join('\n');
  };
  const { signal } = new AbortController();
  const reader = readerOver(await sessionOver(cutOffShell(print, 'closed')), signal);
  if (how === undefined) throw new Error('no such reading');
  return await takeOne(reader, 'battery.levelPercent', how, signal);
}

it('the value stands, with the caveat', async () => {
  const faked = await levelFrom(
    "Current Battery Service state:\n  (UPDATES STOPPED -- use 'reset' to restart)",
  );
  expect(faked).toMatchObject({ value: 71, caveat: { key: 'caveat_battery_faked' } });
});

it('a gauge that is read as usual has none', async () => {
  expect(await levelFrom('Current Battery Service state:')).toMatchObject({
    value: 71,
    caveat: null,
  });
});
