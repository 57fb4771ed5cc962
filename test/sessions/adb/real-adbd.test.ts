/** Our client against the daemon that Android itself is built with. */
import { createHash, type Hash, randomFillSync } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPort } from '../../../native-bridge/ports/open-port.ts';
import type { AdbSession } from '../../../native-bridge/sessions/adb/adb-session.ts';
import { adbFault, sessionOver } from '../../support/adb-session.ts';
import { realAdbd, type RealAdbd } from '../../support/real-adbd.ts';

const MIB = 1024 * 1024;
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

  it.each([
    ['an empty file', 0],
    ['a file of one byte', 1],
    ['a file that ends on a piece’s border', 65_528],
    ['a file of 24 MiB and a bit', 24 * MIB + 12_345],
  ])('takes %s and gives it back', async (name, sizeBytes) => {
    const adb = await session(delayedAck);
    const path = there(`${name}-${delayedAck}`);
    const sent = createHash('sha256');
    await done(adb.push(path, randomBlocks(sizeBytes, sent), { ...terms, sizeBytes }));
    expect(await adb.stat(path, wait)).toEqual({
      type: 'file',
      // What its owner may, adbd lets everybody.
      modeBits: 0o777,
      sizeBytes,
      mtimeSeconds: 1_700_000_000,
    });
    const hash = sent.digest('hex');
    expect(hashOf(await readFile(path))).toBe(hash);
    for (const isLent of [false, true]) {
      const back = createHash('sha256');
      const terms = { idleTimeoutMs: 30_000, maxBytes: sizeBytes, isLent };
      for await (const piece of adb.pull(path, terms)) back.update(piece);
      expect(back.digest('hex')).toBe(hash);
    }
  });

  it('carries 30 streams at once, files and scripts', async () => {
    const adb = await session(delayedAck);
    const sizeBytes = 2 * MIB;
    const one = async (index: number): Promise<boolean> => {
      const path = there(`many-${delayedAck}-${index}`);
      const sent = createHash('sha256');
      await done(adb.push(path, randomBlocks(sizeBytes, sent), { ...terms, sizeBytes }));
      const [there256, back] = await Promise.all([
        adb.shell(`sha256sum ${path}`, wait),
        pulled(adb, path, sizeBytes),
      ]);
      const hash = sent.digest('hex');
      return there256.output.startsWith(hash) && hashOf(back) === hash;
    };
    const results = await Promise.all(Array.from({ length: 30 }, (_, index) => one(index)));
    expect(results.every(Boolean)).toBe(true);
  });

  it('goes on after a pull that was given up half-way', async () => {
    const adb = await session(delayedAck);
    await adb.shell(`head -c 20000000 /dev/zero >${there('zeros')}`, wait);
    for await (const piece of adb.pull(there('zeros'), { ...terms, maxBytes: 1e9 })) {
      if (piece.length > 0) break;
    }
    expect(await adb.shell('echo here', wait)).toMatchObject({ output: 'here\n' });
  });

  it('says in its own words why it takes or gives no file', async () => {
    const adb = await session(delayedAck);
    const sizeBytes = 100_000;
    const push = done(adb.push('/proc/no', randomBlocks(sizeBytes), { ...terms, sizeBytes }));
    expect(await adbFault(push)).toMatchObject({
      code: 'transfer-refused',
      facts: { path: '/proc/no', text: expect.stringContaining('No such file') as string },
    });
    expect(await adbFault(pulled(adb, there('nothing'), 1))).toMatchObject({
      code: 'transfer-refused',
      facts: { text: expect.stringContaining('No such file') as string },
    });
    expect(await adb.stat(there('nothing'), wait)).toBeNull();
  });

  it('keeps nothing of a push that was given up', async () => {
    const adb = await session(delayedAck);
    const path = there('partial');
    const stop = new AbortController();
    const options = { ...terms, sizeBytes: 64 * MIB, signal: stop.signal };
    const push = adb.push(path, randomBlocks(options.sizeBytes), options);
    await push.next();
    stop.abort();
    expect((await adbFault(push.next())).code).toBe('cancelled');
    const gone = `while [ -e ${path} ]; do :; done; echo gone`;
    expect(await adb.shell(gone, wait)).toMatchObject({ output: 'gone\n' });
  });
});

const terms = { modeBits: 0o755, mtimeSeconds: 1_700_000_000, idleTimeoutMs: 30_000 };
const there = (name: string): string => `${adbd?.folder}/${name.replaceAll(' ', '-')}`;
const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

async function done(work: AsyncGenerator): Promise<void> {
  while (!(await work.next()).done);
}

async function pulled(adb: AdbSession, path: string, maxBytes: number): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  for await (const piece of adb.pull(path, { ...terms, maxBytes })) pieces.push(piece);
  return Buffer.concat(pieces);
}

/** Of odd sizes, in memory that is used again at once. */
async function* randomBlocks(sizeBytes: number, hash?: Hash): AsyncGenerator<Uint8Array> {
  const block = Buffer.alloc(100_001);
  for (let left = sizeBytes; left > 0; left -= block.length) {
    const bytes = randomFillSync(block).subarray(0, left);
    hash?.update(bytes);
    yield bytes;
    await Promise.resolve();
  }
}
