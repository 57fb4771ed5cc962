/** The line: its pace, its buffers, and what a real device drops without a word. */
import { expect, test } from 'vitest';
import { READ, WRITE, cutBy, frame, packet } from './frames.ts';
import { simulate, spawnSimulator } from './simulate.ts';
import { firmware, uploadInWindow } from './images.ts';

const echo = (text: string, sequence = 0) => packet(WRITE, 0, 0, { d: text }, { sequence });

function within(actual: number, expected: number, share: number): void {
  expect(actual / expected).toBeGreaterThan(1 - share);
  expect(actual / expected).toBeLessThan(1 + share);
}

test('bytes to the terminal take their time on the line, to 2 %', async () => {
  const simulated = await spawnSimulator(['--baud', '115200', '--turnaround-ms', '5']);
  const host = await simulated.connect();
  await uploadInWindow(host, firmware('header-0x20-3.0.0.bin').slice(0, 30_000), 3);
  const { uploads } = (await simulated.control({ stats: true })) as {
    uploads: { wireBytes: number; spanMs: number; busyRatio: number; sentTwiceBytes: number }[];
  };
  const [upload] = uploads;
  if (upload === undefined) throw new Error('no upload was counted');
  within(upload.spanMs, (upload.wireBytes * 10_000) / 115_200, 0.02);
  expect(upload.busyRatio).toBeGreaterThan(0.98);
  expect(upload.busyRatio).toBeLessThanOrEqual(1.0001);
  expect(upload.sentTwiceBytes).toBe(0);
});

test('bytes from the terminal take their time on the line, to 2 %', async () => {
  const simulated = await spawnSimulator(['--baud', '115200', '--turnaround-ms', '0']);
  const host = await simulated.connect();
  const text = 'x'.repeat(900);
  await host.ask(WRITE, 0, 0, { d: 'warm' });
  const startMs = performance.now();
  for (let round = 0; round < 8; round += 1) await host.ask(WRITE, 0, 0, { d: text });
  const tookMs = performance.now() - startMs;
  const oneWay = frame(echo(text)).length;
  // Both ways, one after the other; a timer is late by a millisecond or two each round.
  const expectedMs = (8 * 2 * oneWay * 10_000) / 115_200;
  expect(tookMs).toBeGreaterThan(expectedMs * 0.98);
  const { toHost } = (await simulated.control({ stats: true })) as { toHost: { busyMs: number } };
  within(toHost.busyMs, expectedMs / 2, 0.02);
});

test('the turnaround comes before every reply', async () => {
  const simulated = await simulate(['--baud', '0', '--turnaround-ms', '60']);
  const host = await simulated.connect();
  const startMs = performance.now();
  for (let round = 0; round < 3; round += 1) await host.ask(WRITE, 0, 0, { d: 'hi' });
  expect(performance.now() - startMs).toBeGreaterThan(178);
});

test('a packet of buf_size − 4 is answered, a larger one is dropped without a word', async () => {
  const simulated = await simulate(['--buf-size', '256']);
  const host = await simulated.connect();
  const room = 252 - echo('').length - 2;
  const fits = echo('y'.repeat(room + 1));
  expect(fits.length).toBe(252);
  host.send(frame(fits));
  expect((await host.reply())?.body).toEqual({ r: 'y'.repeat(room + 1) });
  host.send(frame(echo('y'.repeat(room + 2), 7)));
  host.send(frame(echo('after', 8)));
  expect((await host.reply())?.sequence).toBe(8);
});

test('a line over 127 bytes is dropped, and with it its packet', async () => {
  const host = await (await simulate()).connect();
  const raw = frame(echo('z'.repeat(60), 1));
  const padded = Buffer.concat([
    raw.subarray(0, -1),
    Buffer.from('='.repeat(60)),
    Buffer.from('\n'),
  ]);
  expect(padded.length).toBeGreaterThan(127);
  host.send(padded);
  host.send(frame(echo('after', 2)));
  expect((await host.reply())?.sequence).toBe(2);
});

test('requests beyond the buffers are dropped: of five at once with four buffers, one goes', async () => {
  const simulated = await simulate(['--baud', '921600', '--turnaround-ms', '40']);
  const host = await simulated.connect();
  host.send(Buffer.concat([0, 1, 2, 3, 4].map((sequence) => frame(echo('hi', sequence)))));
  const answered: number[] = [];
  for (let reply = await host.reply(); reply !== null; reply = await host.reply(300)) {
    answered.push(reply.sequence);
  }
  expect(answered).toEqual([0, 1, 2]);
  expect(await simulated.control({ stats: true })).toMatchObject({ dropped: 2 });
});

test('garbage, half frames and wrong check sums do not disturb what follows', async () => {
  const host = await (await simulate()).connect();
  const good = frame(echo('fine', 9));
  host.send(
    Buffer.from('uart:~$ \r\n\u0004\u0014AAAA\n\u0006\u0009!!!!\n\u0006\u0009\n', 'latin1'),
  );
  host.send(good.subarray(0, 12));
  host.send(Buffer.from('\n'));
  const flipped = Buffer.from(frame(echo('bad!', 3)));
  flipped[8] = flipped[8] === 0x41 ? 0x42 : 0x41;
  host.send(flipped);
  host.send(good);
  expect((await host.reply())?.sequence).toBe(9);
});

test.for([
  ['no map', Buffer.from([0x80])],
  ['cut off', Buffer.from([0xbf, 0x61])],
  ['nested without end', Buffer.alloc(200, 0x9f)],
] as const)('a body that is %s is answered as invalid', async ([, body]) => {
  const host = await (await simulate()).connect();
  const head = Buffer.from([0x08, 0, 0, body.length, 0, 1, 5, 0]);
  host.send(frame(Buffer.concat([head, body])));
  expect((await host.reply())?.body).toEqual({ rc: 3 });
});

test('log text and frames share the line, and a frame cuts the text anywhere', async () => {
  const simulated = await simulate(['--baud', '115200', '--turnaround-ms', '5']);
  const host = await simulated.connect();
  await host.ask(READ, 1, 0);
  await host.until(() => host.text.split('Swap type: none').length > 2);
  const stream = Buffer.from(host.received, 'hex').toString('latin1');
  expect(stream).toMatch(cutBy('\u0006\u0009'));
});
