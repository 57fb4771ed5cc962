/** Our client against the daemon that Android itself is built with. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPort } from '../../../native-bridge/ports/open-port.ts';
import type { AdbSession } from '../../../native-bridge/sessions/adb/adb-session.ts';
import { adbFault, sessionOver } from '../../support/adb-session.ts';
import { realAdbd, type RealAdbd } from '../../support/real-adbd.ts';

const wait = { timeoutMs: 30_000 };
let adbd: RealAdbd | undefined;

beforeAll(async () => {
  adbd = await realAdbd();
}, 300_000);
afterAll(() => adbd?.stop());

async function session(delayedAck: boolean): Promise<AdbSession> {
  return sessionOver(await openPort(adbd?.url ?? '', { timeoutMs: 5000 }), { delayedAck });
}

describe.each([
  ['ahead of its acknowledgements', true],
  ['packet by packet', false],
])('the real daemon, sending %s,', (_, delayedAck) => {
  it('runs a script and tells its exit code', async () => {
    const adb = await session(delayedAck);
    expect(await adb.shell('echo out; echo err >&2; exit 7', wait)).toEqual({
      output: 'out\n',
      errorOutput: 'err\n',
      exitCode: 7,
    });
  });

  it('gives a script no input to wait for', async () => {
    const adb = await session(delayedAck);
    expect(await adb.shell('cat', wait)).toMatchObject({ output: '', exitCode: 0 });
  });

  it('hands over long output whole', async () => {
    const adb = await session(delayedAck);
    const { output } = await adb.shell('seq 1 200000', wait);
    expect(output.length).toBe(1_288_895);
    expect(output.endsWith('\n200000\n')).toBe(true);
  });

  it('runs 30 scripts at once', async () => {
    const adb = await session(delayedAck);
    const scripts = Array.from({ length: 30 }, (_, index) => `seq ${index} 20000; exit ${index}`);
    const results = await Promise.all(scripts.map((script) => adb.shell(script, wait)));
    expect(results.map(({ exitCode }) => exitCode)).toEqual(scripts.map((_, index) => index));
    expect(results.every(({ output }) => output.endsWith('\n20000\n'))).toBe(true);
  });

  it('ends a script whose time is up', async () => {
    const adb = await session(delayedAck);
    const pid = `${adbd?.folder}/pid-${delayedAck}`;
    const late = adb.shell(`echo $$ >${pid}; exec sleep 60`, { timeoutMs: 500 });
    expect(await adbFault(late)).toMatchObject({
      code: 'reply-timeout',
      facts: { timeoutMs: 500 },
    });
    const gone = `read it <${pid} && while kill -0 $it 2>&-; do :; done; echo $?`;
    expect(await adb.shell(gone, wait)).toMatchObject({ output: '0\n', exitCode: 0 });
  });

  it('says no to a service that it keeps closed', async () => {
    const adb = await session(delayedAck);
    expect(await adbFault(adb.openStream('reboot:bootloader', wait))).toMatchObject({
      code: 'command-refused',
      facts: { service: 'reboot' },
    });
  });
});
