/** Keys that a bench trusts besides those of the profiles: which are taken, and what they then vouch for. */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { Bridge } from '../../native-bridge/bridge.ts';
import { temporaryFolder } from '../records/support.ts';
import { bridgeIn, connectBox, openBench } from '../support/bench.ts';

const fixture = (name: string): string =>
  fileURLToPath(new URL(`../fixtures/${name}`, import.meta.url));
const otherImage = fixture('firmware/codebox-2.2.0-other-key.bin');

async function trust(bridge: Bridge, file: string) {
  const { fileId } = await bridge.registerFile(file);
  return await bridge.request('trustKey', { fileId });
}

async function signatureOf(bridge: Bridge, file: string) {
  const { fileId } = await bridge.registerFile(file);
  return (await bridge.request('inspectFirmware', { fileId })).signature;
}

/** A key of RSA 4096, which no image for MCUboot is signed with, its public half and a certificate. */
function madeKeys(folder: string) {
  const files = ['private.pem', 'public.pem', 'certificate.pem'].map((name) => join(folder, name));
  const [key = '', publicKey = '', certificate = ''] = files;
  const run = (...args: string[]) => execFileSync('openssl', args, { stdio: 'ignore' });
  run('genrsa', '-out', key, '4096');
  run('rsa', '-in', key, '-pubout', '-out', publicKey);
  run('req', '-x509', '-key', key, '-subj', '/CN=Vendor', '-out', certificate);
  return { key, publicKey, certificate };
}

describe('a key that is trusted', () => {
  it('vouches for firmware as if it were given with the image, and no longer once it is removed', async () => {
    const { bridge } = await openBench();
    expect((await signatureOf(bridge, otherImage)).state).toBe('not-checked');
    const { keys } = await trust(bridge, fixture('firmware/keys/other-ecdsa-p256.pub.pem'));
    expect(keys).toMatchObject([{ kind: 'firmware', name: 'other-ecdsa-p256.pub.pem' }]);
    expect(await signatureOf(bridge, otherImage)).toMatchObject({
      state: 'valid',
      keyName: 'other-ecdsa-p256.pub.pem',
    });
    const [first] = keys;
    if (first === undefined) throw new Error('no key');
    const { fingerprint, name, text } = first;
    await bridge.request('distrustKey', { fingerprint });
    expect((await signatureOf(bridge, otherImage)).state).toBe('not-checked');
    await bridge.request('trustKey', { key: { name, text } });
    expect((await signatureOf(bridge, otherImage)).state).toBe('valid');
  });

  it('demands nothing of an image that others signed', async () => {
    const { bridge } = await openBench();
    await trust(bridge, fixture('firmware/keys/other-ecdsa-p256.pub.pem'));
    const { fileId } = await bridge.registerFile(fixture('firmware/codebox-2.0.0.bin'));
    expect(await bridge.request('inspectFirmware', { fileId })).toMatchObject({
      verdict: 'good',
      signature: { state: 'not-checked' },
    });
  });

  it('is accepted where a profile from elsewhere names it', async () => {
    const bench = await openBench();
    const { bridge } = bench;
    const box = await connectBox(bench);
    await bridge.request('disconnect', { terminalId: box.terminal.id });
    const profileFileId = (await bridge.registerFile(fixture('profiles/own-key.yaml'))).fileId;
    const { id } = await bridge.request('connect', { portUrl: box.portUrl, profileFileId });
    const { fileId } = await bridge.registerFile(otherImage);
    const codes = async () => {
      const { blockers } = await bridge.request('planFlash', { terminalId: id, fileId });
      return blockers.map(({ code }) => code);
    };
    expect(await codes()).toContain('key-unaccepted');
    await trust(bridge, fixture('firmware/keys/other-ecdsa-p256.pub.pem'));
    expect(await codes()).not.toContain('key-unaccepted');
  });

  it('of another shop makes what it signed sound', async () => {
    const other = temporaryFolder();
    const theirs = await bridgeIn(other);
    await theirs.request('makeShopKey', {});
    const { text } = await theirs.request('exportShopKey', {});
    const keyFile = join(other, 'shop.pub');
    writeFileSync(keyFile, text);
    const file = join(other, 'report.html');
    writeFileSync(file, 'report');
    const signature = await theirs.signFile({
      fileName: 'report.html',
      bytes: Buffer.from('report'),
    });
    writeFileSync(`${file}.minisig`, signature ?? '');

    const { bridge } = await openBench();
    const { fileId } = await bridge.registerFile(file);
    expect((await bridge.request('verifyFile', { fileId })).verdict).toBe('unknown-key');
    expect((await trust(bridge, keyFile)).keys).toMatchObject([{ kind: 'minisign' }]);
    expect(await bridge.request('verifyFile', { fileId })).toMatchObject({
      verdict: 'sound',
      key: 'trusted',
    });
  });

  it('may be a certificate, or a key for Android alone; a private one is refused', async () => {
    const { bridge, dataFolder } = await openBench();
    const { key, publicKey, certificate } = madeKeys(dataFolder);
    await expect(trust(bridge, key)).rejects.toMatchObject({ fault: { code: 'key-unreadable' } });
    await trust(bridge, publicKey);
    await trust(bridge, certificate);
    // Once more changes nothing.
    const { keys } = await trust(bridge, certificate);
    expect(keys.map(({ kind }) => kind)).toEqual(['firmware', 'certificate']);
    expect(keys[1]?.fingerprint).toBe(sha256Of(certificate));
    // Beside keys of other kinds, images are looked at as before.
    expect((await signatureOf(bridge, otherImage)).state).toBe('not-checked');
  });

  it.each(['codebox-2.0.0.bin', 'keys/none.pem'])('is not what %s is', async (name) => {
    const { bridge } = await openBench();
    await expect(trust(bridge, fixture(`firmware/${name}`))).rejects.toMatchObject({
      fault: {
        code: expect.stringMatching(/^(key-unreadable|file-too-large|file-missing)$/) as string,
      },
    });
    expect(await bridge.request('listTrustedKeys', {})).toEqual({ keys: [] });
  });
});

function sha256Of(certificate: string): string {
  const line = execFileSync('openssl', [
    'x509',
    '-in',
    certificate,
    '-noout',
    '-fingerprint',
    '-sha256',
  ]);
  return line.toString().split('=')[1]?.replaceAll(':', '').trim().toLowerCase() ?? '';
}
