/** The simulator as a process: how it says that it is ready, how it is told things, how it ends. */
import { execFile, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { Deframer, WRITE, frame, packet, readReply } from './frames.ts';
import { fixture } from './images.ts';
import { program, spawnSimulator } from './simulate.ts';

async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'codebox-test-'));
  onTestFinished(() => rm(path, { recursive: true, force: true }));
  return path;
}

test('it ends when its stdin closes', async () => {
  const simulated = await spawnSimulator();
  expect(simulated.ready).toEqual({
    ready: true,
    url: expect.stringMatching(/^tcp:\/\/127/) as string,
  });
  simulated.process.stdin.end();
  expect(await once(simulated.process, 'exit')).toEqual([0, null]);
});

test('a control message it does not know is refused, and it goes on', async () => {
  const simulated = await spawnSimulator();
  expect(await simulated.control({ fault: 'nonsense', on: true })).toMatchObject({ ok: false });
  expect(await simulated.control({ fault: 'silent' })).toMatchObject({ ok: false });
  expect(await simulated.control({ dance: true })).toMatchObject({ ok: false });
  simulated.process.stdin.write('not json\n');
  expect(await simulated.control({ state: true })).toMatchObject({ ok: false });
  expect(await simulated.control({ exit: true })).toMatchObject({ power: 'application' });
  await once(simulated.process, 'exit');
});

test('forked with a channel it takes messages there, and ends with it', async () => {
  const child = fork(program, ['--tcp', '127.0.0.1:0'], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  onTestFinished(() => void child.kill());
  expect(await once(child, 'message')).toEqual([
    { ready: true, url: expect.any(String) as string },
    undefined,
  ]);
  child.send({ stats: true });
  const [answer] = (await once(child, 'message')) as [object];
  expect(answer).toMatchObject({ ok: true, baud: 115_200 });
  child.disconnect();
  expect(await once(child, 'exit')).toEqual([0, null]);
});

test('one host at a time; the next is let in when it has gone', async () => {
  const simulated = await spawnSimulator();
  const first = await simulated.connect();
  await first.ask(WRITE, 0, 0, { d: 'hi' });
  const second = await simulated.connect();
  await once(second.socket, 'close');
  first.socket.destroy();
  await expect
    .poll(async () => {
      const third = await simulated.connect();
      third.send(frame(packet(WRITE, 0, 0, { d: 'hi' })));
      return (await third.reply(200))?.body;
    })
    .toEqual({ r: 'hi' });
});

test('a pulled cable closes the port; plugged in, it is back at the same address', async () => {
  const simulated = await spawnSimulator();
  const host = await simulated.connect();
  const closed = new Promise((resolve) => host.socket.once('close', resolve));
  expect(await simulated.control({ pull: true })).toEqual({ ok: true });
  await closed;
  await expect(simulated.connect()).rejects.toThrow();
  expect(await simulated.control({ plug: true })).toEqual({ ok: true, url: simulated.url });
  expect(await (await simulated.connect()).ask(WRITE, 0, 0, { d: 'hi' })).toEqual({ r: 'hi' });
});

test('over a pty it answers, and the cable is pulled and plugged for real', async () => {
  const link = join(await folder(), 'codebox');
  const simulated = await spawnSimulator(['--pty', link]);
  expect(simulated.url).toBe(`serial://${link}?baud=115200`);
  expect(await echoThrough(link)).toEqual({ r: 'over a pty' });
  expect(await echoThrough(link), 'opened again').toEqual({ r: 'over a pty' });
  const open = spawn('socat', ['STDIO', `${link},raw,echo=0`], { stdio: 'pipe' });
  open.stdin.write(frame(packet(WRITE, 0, 0, { d: 'hi' })));
  await once(open.stdout, 'data');
  await simulated.control({ pull: true });
  await once(open, 'exit');
  expect(existsSync(link)).toBe(false);
  expect(await simulated.control({ plug: true })).toEqual({ ok: true, url: simulated.url });
  expect(await echoThrough(link), 'plugged in again').toEqual({ r: 'over a pty' });
});

/** Through a socat of our own, as a plain client of a serial port. */
async function echoThrough(path: string): Promise<unknown> {
  const client = spawn('socat', ['STDIO', `${path},raw,echo=0`], { stdio: 'pipe' });
  const gone = once(client, 'exit');
  client.stdin.write(frame(packet(WRITE, 0, 0, { d: 'over a pty' })));
  const deframer = new Deframer();
  for await (const bytes of client.stdout as AsyncIterable<Buffer>) {
    const [reply] = deframer.push(bytes);
    if (reply === undefined) continue;
    client.kill();
    await gone;
    return readReply(reply).body;
  }
  throw new Error('the pty ended');
}

test('without socat a pty is refused in one word', async () => {
  const simulated = await spawnSimulator(['--pty'], { ...process.env, PATH: await folder() });
  expect(simulated.ready).toEqual({ ready: false, fault: 'needs-socat' });
  expect(await once(simulated.process, 'exit')).toEqual([3, null]);
});

test('a port that is taken is refused in one word', async () => {
  const { url } = await spawnSimulator();
  const other = await spawnSimulator(['--tcp', url.replace('tcp://', '')]);
  expect(other.ready).toEqual({ ready: false, fault: 'address-in-use' });
});

test.for([
  [['--faults', 'nonsense'], /no such fault: nonsense/],
  [['--baud', 'fast'], /--baud wants a number/],
  [['--bootloader-mode', 'magic'], /--bootloader-mode is one of/],
  [['--firmware', '/nowhere/x.bin'], /can't read \/nowhere\/x\.bin/],
  [['--key', program], /is no public key/],
  [['--firmware', fixture('unsigned-1.0.0.bin'), '--slot-size', '4096'], /is larger than a slot/],
  [['--slot-size', '20480'], /--slot-size wants whole sectors of 4096 bytes, at least 32768/],
  [['--slot-size', '40000'], /--slot-size wants whole sectors/],
  [['--erase-mode', 'never'], /--erase-mode is one of first-part, progressive/],
  [['--recovery-list', 'all'], /--recovery-list is one of bare, hash, state/],
  [['--tcp', 'nowhere'], /--tcp wants HOST:PORT/],
  [['--dance'], /dance/],
] as const)('%j is a usage error that says what is wrong', async ([args, message]) => {
  const child = spawn(process.execPath, [program, ...args], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (text: Buffer) => (said += text.toString()));
  expect(await once(child, 'close')).toEqual([2, null]);
  expect(said).toMatch(message);
});

test('the faults are listed as data', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, [program, '--list-faults']);
  const listed = JSON.parse(stdout) as { name: string; kind: string; simulates: string }[];
  expect(listed.length).toBeGreaterThan(35);
  for (const { kind, simulates } of listed) {
    expect(['terminal', 'line']).toContain(kind);
    expect(simulates).not.toBe('');
  }
});
