/** Each fault of the line does what it says; the same seed does the same again. */
import { expect, test } from 'vitest';
import { READ, WRITE, cutBy, frame, packet, type Fields } from './frames.ts';
import { type Host } from './host.ts';
import { simulate } from './simulate.ts';
import {
  CHUNK,
  firmware,
  firstPart,
  largeBuffers,
  mark,
  partAt,
  reset,
  slots,
  summary,
  upload,
} from './images.ts';

const quick = ['--swap-ms', '60', '--boot-ms', '20', '--flash-write-ms', '0', ...largeBuffers];
const image = firmware('header-0x20-3.0.0.bin');

async function echoes(host: Host, count: number): Promise<number> {
  let answered = 0;
  for (let sequence = 0; sequence < count; sequence += 1) {
    const text = `text number ${sequence} to be echoed`;
    host.send(frame(packet(WRITE, 0, 0, { d: text }, { sequence })));
    let reply = await host.reply(250);
    while (reply !== null && reply.sequence !== sequence) reply = await host.reply(250);
    if (reply?.body['r'] === text) answered += 1;
  }
  return answered;
}

test.for(['lost-bytes', 'doubled-bytes', 'corrupted-bytes'])(
  '%s: some answers fail to come, most come',
  async (fault) => {
    const runs: string[] = [];
    for (let run = 0; run < 2; run += 1) {
      const host = await (await simulate(['--faults', fault, '--seed', '5'])).connect();
      const answered = await echoes(host, 40);
      expect(answered).toBeLessThan(40);
      expect(answered).toBeGreaterThan(25);
      runs.push(host.received);
    }
    expect(runs[0]).toBe(runs[1]);
  },
);

test('split-bytes: replies come in pieces, and whole', async () => {
  const simulated = await simulate(['--faults', 'split-bytes', '--baud', '115200']);
  const host = await simulated.connect();
  expect(await host.ask(WRITE, 0, 0, { d: 'x'.repeat(300) })).toEqual({ r: 'x'.repeat(300) });
  expect(host.chunks.length).toBeGreaterThan(20);
});

test('log-noise: text pours out between the lines of a frame, and the reply is whole', async () => {
  const host = await (await simulate(['--faults', 'log-noise'])).connect();
  const text = 'y'.repeat(600);
  for (let round = 0; round < 5; round += 1) {
    expect(await host.ask(WRITE, 0, 0, { d: text })).toEqual({ r: text });
  }
  const stream = Buffer.from(host.received, 'hex').toString('latin1');
  expect(stream).toMatch(cutBy('\u0004\u0014'));
});

test('drops-fragments: with one request at a time nothing is lost, with several something is', async () => {
  const simulated = await simulate([
    '--faults',
    'drops-fragments',
    '--baud',
    '921600',
    '--turnaround-ms',
    '10',
  ]);
  const host = await simulated.connect();
  const text = 'z'.repeat(700);
  for (let round = 0; round < 4; round += 1)
    expect(await host.ask(WRITE, 0, 0, { d: text })).toEqual({ r: text });
  expect((await simulated.control({ stats: true }))['dropped']).toBe(0);
  for (let sequence = 0; sequence < 40; sequence += 1) {
    host.send(frame(packet(WRITE, 0, 0, { d: text }, { sequence })));
    if (sequence > 1) await host.reply(60);
  }
  expect((await simulated.control({ stats: true }))['dropped']).toBeGreaterThan(0);
});

test('slow-erase: the first part waits for eight seconds of erasing', async () => {
  const simulated = await simulate([...quick, '--faults', 'slow-erase']);
  const host = await simulated.connect();
  await upload(host, firmware('codebox-1.9.9-older.bin').slice(0, 40_000));
  const startMs = performance.now();
  host.send(frame(packet(WRITE, 1, 1, firstPart(image))));
  expect((await host.reply(10_000))?.body).toEqual({ off: CHUNK });
  expect(performance.now() - startMs).toBeGreaterThan(7990);
});

/** Uploads until something does not answer; how far it came. */
async function uploadUntilSilence(host: Host): Promise<number> {
  let off = 0;
  for (;;) {
    host.send(frame(packet(WRITE, 1, 1, off === 0 ? firstPart(image) : partAt(image, off))));
    const reply: Fields | undefined = (await host.reply(250))?.body;
    if (reply === undefined) return off;
    const next = Number(reply['off']);
    if (next <= off) return off;
    off = next;
  }
}

test('reset-mid-upload: the terminal restarts once, and the upload begins anew', async () => {
  const simulated = await simulate([...quick, '--faults', 'reset-mid-upload', '--boot-ms', '400']);
  const host = await simulated.connect();
  const reached = await uploadUntilSilence(host);
  expect(reached / image.length).toBeGreaterThan(0.4);
  expect(reached / image.length).toBeLessThan(0.6);
  await host.until(() => host.boots === 1);
  expect(await upload(host, image)).toEqual({ off: image.length, match: true });
});

test('cable-pulled-mid-upload: the port vanishes, comes back, and the upload resumes', async () => {
  const simulated = await simulate([...quick, '--faults', 'cable-pulled-mid-upload']);
  const host = await simulated.connect();
  const reached = await uploadUntilSilence(host);
  expect(host.socket.destroyed).toBe(true);
  expect(await simulated.control({ state: true })).toMatchObject({ plugged: false });
  await simulated.control({ plug: true });
  const again = await simulated.connect();
  const resumed = await again.ask(WRITE, 1, 1, firstPart(image));
  expect(resumed['off']).toBeGreaterThanOrEqual(reached);
  expect(await upload(again, image)).toEqual({ off: image.length, match: true });
});

test('echoing-port: our own bytes come back, and nothing else', async () => {
  const host = await (await simulate(['--faults', 'echoing-port'])).connect();
  const sent = frame(packet(READ, 0, 6, {}));
  host.send(sent);
  await host.until(() => host.received.length >= sent.length * 2);
  expect(host.received).toBe(sent.toString('hex'));
});

test('silent: nothing comes at all', async () => {
  const host = await (await simulate(['--faults', 'silent'])).connect();
  host.send(frame(packet(READ, 1, 0, {})));
  expect(await host.reply(150)).toBeNull();
  expect(host.received).toBe('');
});

test('wrong-offset-storm: every part is answered with offset 0', async () => {
  const host = await (await simulate([...quick, '--faults', 'wrong-offset-storm'])).connect();
  expect(await host.ask(WRITE, 1, 1, firstPart(image))).toEqual({ off: 0 });
  expect(await host.ask(WRITE, 1, 1, partAt(image, CHUNK))).toEqual({ off: 0 });
});

async function flashed(...faults: string[]) {
  const simulated = await simulate([...quick, '--faults', ['firmware-old', ...faults].join(',')]);
  const host = await simulated.connect();
  await upload(host, image);
  await mark(host, false);
  return { simulated, host };
}

test('swap-slow: the silence is ten times as long', async () => {
  const { host } = await flashed('swap-slow');
  const startMs = performance.now();
  await reset(host);
  expect(performance.now() - startMs).toBeGreaterThan(600);
  expect(summary(await slots(host))[0]).toBe('0 3.0.0 active');
});

test('boots-old-image: after the restart the old image runs', async () => {
  const { host } = await flashed('boots-old-image');
  await reset(host);
  expect(summary(await slots(host))).toEqual(['0 1.8.0 active confirmed', '1 3.0.0']);
});

test('dead-after-swap: silence until the power goes off and on, then the old image', async () => {
  const { simulated, host } = await flashed('dead-after-swap');
  await host.ask(WRITE, 0, 5);
  await host.until(() => host.text.includes('Starting swap'));
  host.send(frame(packet(READ, 0, 6, {})));
  expect(await host.reply(500)).toBeNull();
  expect(await simulated.control({ state: true })).toMatchObject({ power: 'dead' });
  await host.restart(() => simulated.control({ repower: true }));
  expect(summary(await slots(host))[0]).toBe('0 1.8.0 active confirmed');
});

test('other-device-after-swap: another serial number answers', async () => {
  const { host } = await flashed('other-device-after-swap');
  expect(await host.setting('sys/sn')).toBe('CB2025030017');
  await reset(host);
  expect(await host.setting('sys/sn')).toBe('CB2025039999');
});

test('battery-drop: at half of the image the battery is at 4 %', async () => {
  const host = await (await simulate([...quick, '--faults', 'battery-drop'])).connect();
  await upload(host, image, {}, image.length * 0.4);
  expect((await host.statistics('battery'))['level_pct']).toBe(83);
  await upload(host, image);
  expect((await host.statistics('battery'))['level_pct']).toBe(4);
});

test('confirm-ignored: the answer is good, and nothing is confirmed', async () => {
  const { host } = await flashed('confirm-ignored');
  await reset(host);
  expect(await host.ask(WRITE, 1, 0, { confirm: true })).toHaveProperty('images');
  expect(summary(await slots(host))[0]).toBe('0 3.0.0 active');
});
