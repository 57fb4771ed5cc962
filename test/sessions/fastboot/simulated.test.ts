/** What goes wrong in the simulated terminal's boot loader, over TCP. */
import { randomBytes } from 'node:crypto';
import { expect, onTestFinished, test } from 'vitest';
import { openPort } from '../../../native-bridge/ports/open-port.ts';
import { FastbootSession } from '../../../native-bridge/sessions/fastboot/fastboot-session.ts';
import { TcpFastbootLink } from '../../../native-bridge/sessions/fastboot/tcp-link.ts';
import { startTerminal, type Terminal } from '../../simulators/android/terminal.ts';

const wait = { timeoutMs: 5_000 };
const image = randomBytes(3 * 1024 * 1024);

async function bootLoader(fault: string) {
  const terminal = await startTerminal('--mode', 'bootloader', '--fault', fault);
  return { terminal, session: await connect(terminal) };
}

async function connect({ simulator }: Terminal): Promise<FastbootSession> {
  const { fastboot } = simulator.addresses() as { readonly fastboot: string };
  const port = await openPort(`tcp://${fastboot}`, wait);
  const session = new FastbootSession(await TcpFastbootLink.open(port, wait));
  onTestFinished(() => session.close());
  return session;
}

async function send(session: FastbootSession): Promise<void> {
  const pieces = async function* () {
    yield await Promise.resolve(image);
  };
  for await (const _ of session.download({ sizeBytes: image.length, pieces }, wait)) continue;
}

const partitions = async (terminal: Terminal) =>
  (await terminal.control({ state: true }))['partitions'];

test('one that fails as it writes says so in its own words, and the partition is as it was', async () => {
  const { terminal, session } = await bootLoader('fastboot-flash-fails');
  await send(session);
  await expect(session.flash('boot_a', wait)).rejects.toMatchObject({
    code: 'command-refused',
    facts: { command: 'flash:boot_a', words: 'flash write failure' },
  });
  expect(await partitions(terminal)).toEqual({});
});

test('one that goes away in the middle of a download is a port that vanished, and takes it the next time', async () => {
  const { terminal, session } = await bootLoader('fastboot-dies-midway');
  await expect(send(session)).rejects.toMatchObject({ code: 'port-vanished' });
  await expect
    .poll(async () => (await terminal.control({ state: true }))['mode'])
    .toBe('bootloader');
  const again = await connect(terminal);
  await send(again);
  await again.flash('boot_a', wait);
  expect(await partitions(terminal)).toMatchObject({ boot_a: { bytes: image.length } });
});

test('one that takes little at a time says how much, and refuses more', async () => {
  const { session } = await bootLoader('fastboot-small-download');
  expect((await session.getvarAll(wait)).maxDownloadBytes).toBe(1024 * 1024);
  await expect(send(session)).rejects.toMatchObject({ code: 'command-refused' });
});
