/** The terminal's shell understands scripts as a POSIX shell does. */
import { expect, test } from 'vitest';
import { runScript } from './shell.ts';
import { startTerminal } from './terminal.ts';

async function run(script: string) {
  const { simulator } = await startTerminal();
  return await runScript(simulator.device, script);
}

test.each([
  ['echo a; echo b\necho c', 'a\nb\nc\n'],
  ['echo \'a  $x\' "b  $x" c\\ d', 'a  $x b   c d\n'],
  ['x=1; echo "$x" ${x}2 ${y:-none} ${#x}', '1 12 none 1\n'],
  ['false; echo $?; true; echo $?', '1\n0\n'],
  ['false && echo no || echo yes', 'yes\n'],
  ['! false; echo $?', '0\n'],
  ['(x=2; echo $x; exit 4); echo $? $x', '2\n4\n'],
  ['{ echo a; echo b; } | wc -l', '2\n'],
  ['echo err >&2 2>/dev/null; echo out 2>&1', 'out\n'],
  ['if [ -d /sdcard ]; then echo dir; else echo none; fi', 'dir\n'],
  ['if [ -e /nothing ]; then echo 1; elif [ 2 -gt 1 ]; then echo 2; fi', '2\n'],
  ['for f in a b "c d"; do printf "<%s>" "$f"; done', '<a><b><c d>'],
  ['i=0; while [ $i -lt 3 ]; do i=$((i+1)); done; echo $i', '3\n'],
  ['echo $(echo a b | tr a x) `echo c`', 'x b c\n'],
  [
    'echo one > /data/local/tmp/f; echo two >> /data/local/tmp/f; cat < /data/local/tmp/f',
    'one\ntwo\n',
  ],
  [
    'for f in /sys/class/power_supply/*; do echo $f; done | tail -n 1',
    '/sys/class/power_supply/usb\n',
  ],
  ['command -v getprop; command -v nothing; echo $?', '/system/bin/getprop\n1\n'],
  ['timeout 0.01 sleep 9; echo $?; timeout 5 echo in time', '124\nin time\n'],
  ['getprop | grep -c "^\\[ro.serialno\\]"', '1\n'],
  ['# a comment\necho a # another', 'a\n'],
  ['sh -c "echo inner; exit 3"; echo $?', 'inner\n3\n'],
])('%s', async (script, out) => {
  expect(await run(script)).toEqual({ code: 0, out, err: expect.any(String) as string });
});

test('what is not a command is said on stderr', async () => {
  const { code, out, err } = await run('nonsense 2>&1 >/dev/null; echo $?; nonsense');
  expect([code, out]).toEqual([127, '/system/bin/sh: nonsense: inaccessible or not found\n127\n']);
  expect(err).toContain('not found');
});

test('a script that ends in the middle is refused whole', async () => {
  expect(await run('echo a; if true; then echo b')).toMatchObject({ code: 1, out: '' });
});

test('`pm clear` before Android 13 passes over an option it does not know, and the data goes', async () => {
  const { simulator } = await startTerminal('--model', 'at-700');
  const { device } = simulator;
  const name = device.model.apps.payment.name;
  await runScript(device, `pm clear --cache-only ${name}`);
  expect(device.packages.get(name)).toMatchObject({ dataBytes: 0, cacheBytes: 0 });
});

test('`logcat -v epoch -T` begins at a time of the terminal’s own clock, and ends with `-d`', async () => {
  const { simulator } = await startTerminal();
  const { device } = simulator;
  device.log.add('I', 'Other', 'not asked for');
  device.log.add('I', 'ScanService', 'decoded in 85 ms: 1');
  const since = (seconds: number) =>
    runScript(device, `logcat -d -v epoch -T ${seconds}.000 -s ScanService:V`);
  const nowS = Math.floor(device.clock.nowMs / 1000);
  expect((await since(nowS - 60)).out).toMatch(
    /^-+ beginning of main\n +\d{10}\.\d{3} +\d+ +\d+ I ScanService: decoded in 85 ms: 1\n$/,
  );
  expect((await since(nowS + 60)).out).toBe('--------- beginning of main\n');
});
