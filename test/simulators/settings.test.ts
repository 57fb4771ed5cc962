import { expect, test } from 'vitest';
import { READ, WRITE } from './frames.ts';
import { type Host } from './host.ts';
import { simulate } from './simulate.ts';

async function box(): Promise<Host> {
  return (await simulate(['--boot-ms', '20'])).connect();
}

function groupError(rc: number): object {
  return { err: { group: 3, rc } };
}

test('what was written but not saved is lost at a restart', async () => {
  const host = await box();
  await host.writeSetting('pay/tid', '20000001');
  expect(await host.setting('pay/tid')).toBe('20000001');
  await host.restart(() => host.ask(WRITE, 0, 5));
  expect(await host.setting('pay/tid')).toBe('10086421');
  await host.writeSetting('pay/tid', '20000002');
  await host.saveSettings();
  await host.restart(() => host.ask(WRITE, 0, 5));
  expect(await host.setting('pay/tid')).toBe('20000002');
});

test('loading brings back what was saved; deleting brings back the default', async () => {
  const host = await box();
  await host.writeSetting('pay/channel', 'acq-west');
  await host.saveSettings();
  await host.writeSetting('pay/channel', 'test');
  await host.ask(READ, 3, 3);
  expect(await host.setting('pay/channel')).toBe('acq-west');
  expect(await host.ask(WRITE, 3, 1, { name: 'pay/channel' })).toEqual({});
  expect(await host.setting('pay/channel')).toBe('acq-east');
});

test('Wi-Fi settings take effect at a commit', async () => {
  const host = await box();
  await host.writeSetting('wifi/psk', 'not-the-password');
  expect((await host.shell('wifi', 'status')).o).toContain('COMPLETED');
  await host.ask(WRITE, 3, 2);
  expect((await host.shell('wifi', 'status')).o).toContain('DISCONNECTED');
});

test('the secret can be written and not read', async () => {
  const host = await box();
  expect(await host.ask(READ, 3, 0, { name: 'wifi/psk' })).toEqual(groupError(4));
  expect(await host.ask(READ, 3, 0, { name: 'wifi/psk' }, 1)).toEqual({ rc: 5 });
});

test.for([
  ['pay/nothing', 'x', 3],
  ['foo/bar', 'x', 5],
  ['sys/sn', 'x', 6],
  ['qr/validity_s', '29', 1],
  ['qr/validity_s', '86401', 1],
  ['pay/mid', '12', 1],
  ['pay/merchant_name', '\u0007', 1],
  [`pay/${'x'.repeat(40)}`, 'x', 2],
] as const)('writing %s = %j is refused with %i', async ([key, value, rc]) => {
  const host = await box();
  expect(await host.writeSetting(key, value)).toEqual(groupError(rc));
});

test('erasing the storage leaves the defaults and the serial number', async () => {
  const host = await box();
  await host.writeSetting('pay/tid', '20000001');
  await host.saveSettings();
  await host.ask(WRITE, 63, 0);
  await host.restart(() => host.ask(WRITE, 0, 5));
  expect(await host.setting('pay/tid')).toBe('10086421');
  expect(await host.setting('sys/sn')).toBe('CB2025030017');
});

test('the clock is set in the form in which it is read', async () => {
  const host = await box();
  expect(await host.ask(WRITE, 0, 4, { datetime: '2031-02-03T04:05:06' })).toEqual({});
  const { datetime } = await host.ask(READ, 0, 4);
  expect(datetime).toMatch(/^2031-02-03T04:05:0[67]$/);
  expect(await host.ask(WRITE, 0, 4, { datetime: '2031-13-03T04:05:06' })).toEqual({ rc: 3 });
  expect((await host.shell('clock')).o).toContain('source: manual');
});

test('files are written in parts, read back, and hashed', async () => {
  const host = await box();
  const content = new Uint8Array(1500).map((_, index) => index & 0xff);
  const name = '/lfs1/new.bin';
  const first = { name, off: 0, len: content.length, data: content.slice(0, 800) };
  expect(await host.ask(WRITE, 8, 0, first)).toEqual({ off: 800 });
  expect(await host.ask(WRITE, 8, 0, { name, off: 800, data: content.slice(800) })).toEqual({
    off: 1500,
  });
  const head = await host.ask(READ, 8, 0, { name, off: 0 });
  const tail = await host.ask(READ, 8, 0, { name, off: (head['data'] as Uint8Array).length });
  const read = Buffer.concat([head['data'] as Uint8Array, tail['data'] as Uint8Array]);
  expect(head['len']).toBe(1500);
  expect(read.equals(content)).toBe(true);
  expect(await host.ask(READ, 8, 1, { name: '/nowhere/x' })).toEqual({ err: { group: 8, rc: 3 } });
});

test('shell output that does not fit a buffer is answered with rc 7', async () => {
  const host = await box();
  expect(await host.ask(WRITE, 9, 0, { argv: ['log', 'show', '60'] })).toEqual({ rc: 7 });
  expect((await host.shell('log', 'show', '3')).ret).toBe(0);
});
