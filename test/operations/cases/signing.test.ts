/** The shop's key, the signatures made with it, and what Debian's minisign says of both. */
import { execFile } from 'node:child_process';
import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it, vi } from 'vitest';
import type { Bridge } from '../../../native-bridge/bridge.ts';
import { temporaryFolder } from '../../records/support.ts';
import { bridgeIn } from '../../support/bench.ts';

vi.setConfig({ testTimeout: 60_000 });

const run = promisify(execFile);
const keyFile = (folder: string): string => join(folder, 'shop-key', 'minisign.key');

async function shopWithKey() {
  const folder = temporaryFolder();
  const bridge = await bridgeIn(folder);
  const { key } = await bridge.request('makeShopKey', {});
  if (key === null) throw new Error('no key');
  return { folder, bridge, key };
}

async function signed(bridge: Bridge, file: string, content: string): Promise<void> {
  writeFileSync(file, content);
  const text = await bridge.signFile({
    fileName: '报告 مطعم.html',
    bytes: readFileSync(file),
  });
  writeFileSync(`${file}.minisig`, text ?? '');
}

async function verdictOf(bridge: Bridge, file: string, named = {}) {
  const { fileId } = await bridge.registerFile(file);
  return await bridge.request('verifyFile', { fileId, ...named });
}

describe('the shop’s key', () => {
  it('is made once, for its owner alone', async () => {
    const { bridge, folder, key } = await shopWithKey();
    expect(statSync(keyFile(folder)).mode & 0o777).toBe(0o600);
    expect(await bridge.request('makeShopKey', {})).toMatchObject({ key });
    expect(key.publicKey).toMatch(/^RW[\w+/]{54}$/);
  });

  it('is one of minisign’s: what that signs with it is sound here', async () => {
    const { bridge, folder } = await shopWithKey();
    const file = join(folder, 'case.zip');
    writeFileSync(file, 'zip');
    await run('minisign', ['-S', '-W', '-s', keyFile(folder), '-m', file, '-t', 'free words']);
    expect(await verdictOf(bridge, file)).toMatchObject({
      verdict: 'sound',
      key: 'own',
      signedUtc: null,
      signedName: null,
    });
    // The older kind, of the file itself.
    await run('minisign', ['-S', '-l', '-W', '-s', keyFile(folder), '-m', file]);
    expect(await verdictOf(bridge, file)).toMatchObject({
      verdict: 'sound',
      signedName: 'case.zip',
    });
  });

  it('that is damaged signs nothing, and its file stays', async () => {
    const { bridge, folder } = await shopWithKey();
    writeFileSync(keyFile(folder), readFileSync(keyFile(folder), 'utf8').replace(/A/g, 'B'));
    const file = { fileName: 'a', bytes: new Uint8Array(1) };
    await expect(bridge.signFile(file)).rejects.toMatchObject({
      fault: { code: 'shop-key-damaged', facts: { file: keyFile(folder) } },
    });
    await expect(bridge.request('makeShopKey', {})).rejects.toMatchObject({
      fault: { code: 'shop-key-damaged' },
    });
    expect(readFileSync(keyFile(folder), 'utf8')).toContain('minisign secret key');
  });

  it('that was not made signs nothing and can’t be exported', async () => {
    const bridge = await bridgeIn(temporaryFolder());
    expect(await bridge.signFile({ fileName: 'a', bytes: new Uint8Array(1) })).toBeNull();
    await expect(bridge.request('exportShopKey', {})).rejects.toMatchObject({
      fault: { code: 'shop-key-missing' },
    });
  });
});

describe('a signed file', () => {
  it('is accepted by Debian’s minisign, and refused once a letter of it changed', async () => {
    const { bridge, folder } = await shopWithKey();
    const file = join(folder, 'report.html');
    await signed(bridge, file, '<p>paid</p>');
    const pub = join(folder, 'shop.pub');
    writeFileSync(pub, (await bridge.request('exportShopKey', {})).text);
    const { stdout } = await run('minisign', ['-V', '-H', '-p', pub, '-m', file]);
    expect(stdout).toMatch(
      /verified\nTrusted comment: timestamp:\d+\tfile:报告 مطعم\.html\thashed/,
    );
    writeFileSync(file, '<p>Paid</p>');
    await expect(run('minisign', ['-V', '-p', pub, '-m', file])).rejects.toMatchObject({ code: 1 });
  });

  it('is sound by the shop’s own key, with its time and name, also from its signature’s file', async () => {
    const { bridge, folder, key } = await shopWithKey();
    const file = join(folder, 'report.html');
    await signed(bridge, file, 'a');
    const found = await verdictOf(bridge, file);
    expect(found).toMatchObject({
      verdict: 'sound',
      key: 'own',
      keyId: key.keyId,
      signedName: '报告 مطعم.html',
    });
    expect(Date.now() - Date.parse(found.signedUtc ?? '')).toBeLessThan(60_000);
    expect(await verdictOf(bridge, `${file}.minisig`)).toEqual(found);
  });

  it('is changed where a byte of it, or of the comment, is another', async () => {
    const { bridge, folder } = await shopWithKey();
    const file = join(folder, 'report.html');
    await signed(bridge, file, 'a');
    const text = readFileSync(`${file}.minisig`, 'utf8');
    writeFileSync(`${file}.minisig`, text.replace('timestamp:1', 'timestamp:2'));
    expect(await verdictOf(bridge, file)).toMatchObject({ verdict: 'changed', signedUtc: null });
    writeFileSync(`${file}.minisig`, text);
    writeFileSync(file, 'b');
    expect(await verdictOf(bridge, file)).toMatchObject({ verdict: 'changed' });
  });

  it('of another shop is of an unknown key until that one is named', async () => {
    const theirs = await shopWithKey();
    const file = join(theirs.folder, 'report.html');
    await signed(theirs.bridge, file, 'a');
    const { bridge } = await shopWithKey();
    expect(await verdictOf(bridge, file)).toMatchObject({
      verdict: 'unknown-key',
      keyId: theirs.key.keyId,
    });
    const { publicKey } = theirs.key;
    expect(await verdictOf(bridge, file, { publicKey })).toMatchObject({
      verdict: 'sound',
      key: 'given',
    });
    await expect(verdictOf(bridge, file, { publicKey: 'RWnothing' })).rejects.toMatchObject({
      fault: { code: 'public-key-unreadable' },
    });
  });

  it('without a signature beside it is unsigned; with other text there, unreadable', async () => {
    const { bridge, folder } = await shopWithKey();
    const file = join(folder, 'report.html');
    writeFileSync(file, 'a');
    expect(await verdictOf(bridge, file)).toMatchObject({
      verdict: 'unsigned',
      signatureFile: 'report.html.minisig',
    });
    for (const text of ['', 'x', 'untrusted comment: a\n////\ntrusted comment: b\n////\n']) {
      writeFileSync(`${file}.minisig`, text);
      expect(await verdictOf(bridge, file)).toMatchObject({ verdict: 'unreadable' });
    }
    await signed(bridge, file, 'a');
    rmSync(file);
    await expect(verdictOf(bridge, `${file}.minisig`)).rejects.toMatchObject({
      fault: { code: 'file-missing', facts: { file: 'report.html' } },
    });
  });
});
