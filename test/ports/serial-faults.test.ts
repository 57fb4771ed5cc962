import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openPort } from '../../native-bridge/ports/open-port.ts';
import { portFault } from '../support/port-faults.ts';
import { type PtyPair, ptyPair } from '../support/pty.ts';

const wait = { timeoutMs: 5000 };
const support = (name: string): string =>
  fileURLToPath(new URL(`../support/${name}`, import.meta.url));
const isRoot = process.getuid?.() === 0;

/** Runs a program that holds the port until its standard input ends. */
async function hold(
  args: readonly string[],
  program: string = process.execPath,
): Promise<ChildProcess> {
  const holder = spawn(program, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  const [said] = (await once(holder.stdout, 'data')) as [Buffer];
  expect(said.toString()).toContain('open');
  return holder;
}

async function openAsNobody(path: string): Promise<unknown> {
  const run = promisify(execFile);
  const { stdout } = await run(process.execPath, [support('open-as-nobody.ts'), path]);
  return JSON.parse(stdout);
}

describe('opening a serial port', () => {
  let pair: PtyPair;
  const holders: ChildProcess[] = [];
  beforeEach(async () => {
    pair = await ptyPair();
  });
  afterEach(async () => {
    await Promise.all(
      holders.splice(0).map(async (holder) => {
        const ended = once(holder, 'exit');
        holder.stdin?.end();
        await ended;
      }),
    );
    await pair.pull();
  });

  it('that is not there is missing', async () => {
    const fault = await portFault(openPort('/dev/ttyUSB97', wait));
    expect(fault).toMatchObject({ code: 'port-missing', facts: { port: '/dev/ttyUSB97' } });
  });

  it('that is a file is refused, and the file is left alone', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'no-port-'));
    const file = join(folder, 'notes.txt');
    writeFileSync(file, 'untouched');
    expect((await portFault(openPort(file, wait))).code).toBe('port-address-invalid');
    expect(readFileSync(file, 'utf8')).toBe('untouched');
    rmSync(folder, { recursive: true });
  });

  it('that another POS Bench has is busy, and names it', async () => {
    const holder = await hold([support('hold-port.ts'), pair.host]);
    holders.push(holder);
    const fault = await portFault(openPort(pair.host, wait));
    expect(fault).toMatchObject({
      code: 'port-busy',
      facts: { port: pair.host, holder: 'hold-port', pid: holder.pid },
    });
  });

  it('that a program without any lock has is busy too', async () => {
    const script = `fs.openSync(${JSON.stringify(pair.host)}, 'r+'); console.log('open'); process.stdin.resume()`;
    const holder = await hold(['-e', script]);
    holders.push(holder);
    const fault = await portFault(openPort(pair.host, wait));
    expect(fault).toMatchObject({ code: 'port-busy', facts: { pid: holder.pid } });
    expect(fault.facts['holder']).toBeTypeOf('string');
  });

  it.runIf(isRoot)('that a modem service has for itself alone is busy', async () => {
    chmodSync(pair.host, 0o666);
    // TIOCEXCL, as ModemManager does; root is let in all the same.
    const script = `open(F, "+<", "${pair.host}"); ioctl(F, 0x540c, 0); $| = 1; print "open"; <STDIN>`;
    holders.push(await hold(['-e', script], 'perl'));
    expect(await openAsNobody(pair.host)).toEqual({
      code: 'port-busy',
      facts: { port: pair.host },
    });
  });

  it('that we have ourselves is busy, and names us', async () => {
    const first = await openPort(pair.host, wait);
    const fault = await portFault(openPort(pair.host, wait));
    expect(fault).toMatchObject({ code: 'port-busy', facts: { pid: process.pid } });
    await first.close();
    const again = await openPort(pair.host, wait);
    await again.close();
  });

  it('is possible again when the holder is killed', async () => {
    const holder = await hold([support('hold-port.ts'), pair.host]);
    const ended = once(holder, 'exit');
    holder.kill('SIGKILL');
    await ended;
    const port = await openPort(pair.host, wait);
    await port.close();
  });

  it('without rights is forbidden, and names the group that has them', async () => {
    if (isRoot) {
      const dialout = readFileSync('/etc/group', 'utf8').match(/^dialout:[^:]*:(\d+):/m)?.[1];
      chownSync(pair.host, 0, Number(dialout));
      chmodSync(pair.host, 0o660);
      const facts = { port: pair.host, group: 'dialout' };
      expect(await openAsNobody(pair.host)).toEqual({ code: 'port-forbidden', facts });
    } else {
      chmodSync(pair.host, 0o000);
      const facts = { port: pair.host };
      expect(await openAsNobody(pair.host)).toEqual({ code: 'port-forbidden', facts });
    }
  });

  it.runIf(isRoot)(
    'that another user has locked is busy, and names the program all the same',
    async () => {
      chmodSync(pair.host, 0o666);
      const holder = await hold([support('hold-port.ts'), pair.host]);
      holders.push(holder);
      const facts = { port: pair.host, holder: 'hold-port', pid: holder.pid };
      expect(await openAsNobody(pair.host)).toEqual({ code: 'port-busy', facts });
    },
  );

  it('is cancelled before it begins', async () => {
    const fault = await portFault(openPort(pair.host, { ...wait, signal: AbortSignal.abort() }));
    expect(fault.code).toBe('cancelled');
  });

  it('is cancelled while it goes on, and the port is free afterwards', async () => {
    const abort = new AbortController();
    const opening = portFault(openPort(pair.host, { ...wait, signal: abort.signal }));
    abort.abort();
    expect((await opening).code).toBe('cancelled');
    const port = await openPort(pair.host, wait);
    await port.close();
  });

  it('that does not answer ends in its deadline, and the port is free afterwards', async () => {
    const fault = await portFault(openPort(pair.host, { timeoutMs: 0 }));
    expect(fault.code).toBe('port-open-timeout');
    await expect.poll(() => openPort(pair.host, wait).then((port) => port.close())).toBeUndefined();
  });
});
