/** The simulated terminal, held to Debian's own `adb`. */
import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { startDebianAdb, until } from './debian-adb.ts';
import { startTerminal } from './terminal.ts';

const models = ['at-700', 'at-900'] as const;

describe.each(models)('%s', (model) => {
  test('a command’s output, errors and exit code come apart', async () => {
    const terminal = await startTerminal('--model', model);
    const adb = await (await startDebianAdb()).connect(terminal.adb);
    expect(await adb('shell', 'echo out; echo err >&2; exit 7')).toEqual({
      code: 7,
      out: 'out\n',
      err: 'err\n',
    });
  });

  test('a script on stdin of a shell without a command is run', async () => {
    const terminal = await startTerminal('--model', model);
    const server = await startDebianAdb();
    await server.connect(terminal.adb);
    const script = 'if true; then\n echo "[$(getprop ro.serialno)]"\nfi\nexit 3\necho late\n';
    const { serialNumber } = terminal.simulator.device;
    const { out, code } = await server.feed(script, '-s', terminal.adb, 'shell');
    expect({ out, code }).toEqual({ out: `[${serialNumber}]\n`, code: 3 });
  });

  test('what is pushed is pulled again byte by byte', async () => {
    const terminal = await startTerminal('--model', model);
    const server = await startDebianAdb();
    const adb = await server.connect(terminal.adb);
    for (const bytes of [0, 1, 65_536, 3_000_001]) {
      const [from, to] = [join(server.folder, 'from'), join(server.folder, 'to')];
      await writeFile(from, randomBytes(bytes));
      expect(await adb('push', from, '/data/local/tmp/file')).toMatchObject({ code: 0 });
      expect(await adb('pull', '/data/local/tmp/file', to)).toMatchObject({ code: 0 });
      expect(Buffer.compare(await readFile(from), await readFile(to))).toBe(0);
    }
  });

  test('a push to where a shell may not write is refused by name', async () => {
    const terminal = await startTerminal('--model', model);
    const server = await startDebianAdb();
    const adb = await server.connect(terminal.adb);
    const file = join(server.folder, 'file');
    await writeFile(file, 'text');
    const { code, err, out } = await adb('push', file, '/system/app/x');
    expect(code).toBe(1);
    expect(err + out).toContain('Read-only file system');
  });

  test('ls lists what is there', async () => {
    const terminal = await startTerminal('--model', model);
    const server = await startDebianAdb();
    const adb = await server.connect(terminal.adb);
    await adb('shell', 'echo one > /data/local/tmp/one');
    expect((await adb('ls', '/data/local/tmp')).out).toMatch(/ 00000004 [0-9a-f]{8} one\n/);
  });
});

test('nobody taps: it stays unauthorised until somebody does', async () => {
  const terminal = await startTerminal('--auth', 'never');
  const server = await startDebianAdb();
  await server.run('connect', terminal.adb);
  await until(() => terminal.events.some(({ event, key }) => event === 'asking' && key !== null));
  expect(await server.state(terminal.adb)).toBe('unauthorized');
  expect(await terminal.control({ tap: 'allow' })).toEqual({ ok: true });
  await until(async () => (await server.state(terminal.adb)) === 'device');
});

test('a key that was allowed once is not asked for again', async () => {
  const terminal = await startTerminal();
  const server = await startDebianAdb();
  await server.connect(terminal.adb);
  await server.run('disconnect', terminal.adb);
  terminal.events.length = 0;
  await server.connect(terminal.adb);
  expect(terminal.events).toEqual([]);
});
