/** The shop's name and logo, and how they come to stand on its reports. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { openRecords } from '../../../native-bridge/records/records.ts';
import { fixture } from '../../pictures/support.ts';
import { openedCase, temporaryFolder } from '../../records/support.ts';
import { bridgeIn } from '../../support/bench.ts';

vi.setConfig({ testTimeout: 60_000 });

async function opened() {
  const folder = temporaryFolder();
  const records = await openRecords({ dataFolder: folder });
  const { caseId } = await openedCase(records);
  await records.close();
  return { bridge: await bridgeIn(folder), folder, caseId };
}

describe('the shop', () => {
  it('is on every report, its name escaped, its logo within the page', async () => {
    const { bridge, folder, caseId } = await opened();
    const logo = await bridge.registerFile(fixture('photo.jpg'));
    await bridge.request('writeShop', { name: ' 修 <b>&\u202e مطعم ', logo });
    const { text } = await bridge.request('makeReport', { caseId, format: 'html', locale: 'en' });
    expect(text).toContain('<bdi>修 &lt;b&gt;&amp; مطعم</bdi>');
    expect(text).toMatch(/<header>\s*<div class="shop">\s*<img alt="[^"]+" src="data:image\/jpeg;/);
    const json = await bridge.request('makeReport', { caseId, format: 'json', locale: 'zh-CN' });
    expect(JSON.parse(json.text)).toMatchObject({ shop: { name: '修 <b>& مطعم' } });
    // Still there after a restart.
    const again = await bridgeIn(folder);
    expect(await again.request('readShop', {})).toMatchObject({
      name: '修 <b>& مطعم',
      logo: { mediaType: 'image/jpeg', widthPixels: 640, heightPixels: 480 },
      key: null,
      signs: true,
    });
  });

  it('keeps what is not given, and loses what is taken away', async () => {
    const { bridge } = await opened();
    await bridge.request('writeShop', {
      name: 'A',
      logo: await bridge.registerFile(fixture('photo.jpg')),
    });
    expect(await bridge.request('writeShop', { signs: false })).toMatchObject({
      name: 'A',
      logo: { widthPixels: 640 },
      signs: false,
    });
    expect(await bridge.request('writeShop', { name: null, logo: null })).toMatchObject({
      name: null,
      logo: null,
    });
  });

  it.each([
    ['of another kind', () => readFileSync(fixture('code.gif')), 'picture-unknown'],
    [
      'that only says it is a PNG',
      () => Buffer.from('\x89PNG\r\n\x1a\n<script>', 'latin1'),
      'picture-damaged',
    ],
    ['of too many bytes', () => padded(600 * 1024), 'logo-too-large'],
  ])('takes no logo %s', async (_what, content, code) => {
    const { bridge, folder } = await opened();
    const file = join(folder, 'logo.png');
    writeFileSync(file, content());
    const logo = await bridge.registerFile(file);
    await expect(bridge.request('writeShop', { name: 'B', logo })).rejects.toMatchObject({
      fault: { code },
    });
    expect(await bridge.request('readShop', {})).toMatchObject({ name: null, logo: null });
  });
});

/** A JPEG with so much in its quantisation tables, which stay where comments go. */
function padded(sizeBytes: number): Buffer {
  const jpeg = readFileSync(fixture('photo.jpg'));
  const table = jpeg.indexOf(Buffer.from([0xff, 0xdb]));
  const length = jpeg.readUInt16BE(table + 2);
  const segment = jpeg.subarray(table, table + 2 + length);
  const copies = Math.ceil(sizeBytes / segment.length);
  return Buffer.concat([
    jpeg.subarray(0, table),
    ...Array.from({ length: copies }, () => segment),
    jpeg.subarray(table),
  ]);
}
