/** Android's own apksigner changes an app's key; we say of the result what it says, for each Android. */
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { inspectApk } from '../../../native-bridge/firmware/apk/inspect-apk.ts';
import { signersFor } from '../../../native-bridge/firmware/apk/seen-signers.ts';
import { inMemory, resultOf } from '../../support/in-memory.ts';
import { makeApk } from '../../support/make-apk.ts';
import { makeSigner, type Signer } from '../../support/signer.ts';

const hasApksigner = spawnSync('apksigner', ['version']).status === 0;

function apksigner(...args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync('apksigner', args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`apksigner ${args.join(' ')}: ${stdout}${stderr}`);
  return stdout;
}

/** As the tool's options name it. */
function keyFiles(
  folder: string,
  name: string,
  { privateKeyPem, certificatePem }: Signer,
): string[] {
  const [key, certificate] = [join(folder, `${name}.pk8`), join(folder, `${name}.pem`)];
  writeFileSync(key, createPrivateKey(privateKeyPem).export({ type: 'pkcs8', format: 'der' }));
  writeFileSync(certificate, certificatePem);
  return ['--key', key, '--cert', certificate];
}

/** The certificates' digests that it prints for Androids of one API level. */
function certificatesFor(path: string, sdkLevel: number): string[] {
  const range = ['--min-sdk-version', String(sdkLevel), '--max-sdk-version', String(sdkLevel)];
  const text = apksigner('verify', '--print-certs', ...range, path);
  return [...text.matchAll(/certificate SHA-256 digest: ([0-9a-f]{64})/g)].map(
    ([, hex]) => hex ?? '',
  );
}

test.skipIf(!hasApksigner)('an app whose key was changed', { timeout: 120_000 }, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'pos-bench-apksigner-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const [before, after] = [makeSigner(), makeSigner('p256')];
  const [old, next] = [keyFiles(folder, 'old', before), keyFiles(folder, 'new', after)];
  const [lineage, path] = [join(folder, 'lineage'), join(folder, 'app.apk')];
  writeFileSync(path, makeApk());
  apksigner('rotate', '--out', lineage, '--old-signer', ...old, '--new-signer', ...next);
  const both = [...old, '--next-signer', ...next, '--lineage', lineage];
  apksigner('sign', '--v1-signing-enabled', 'false', ...both, path);

  const { verdict, signature } = await resultOf(inspectApk(inMemory(readFileSync(path))));
  expect(verdict).toBe('good');
  for (const sdkLevel of [24, 27, 28, 33]) {
    const ours = signature && signersFor(signature, sdkLevel).map(({ certificate }) => certificate);
    expect([sdkLevel, ours]).toEqual([sdkLevel, certificatesFor(path, sdkLevel)]);
  }
  const digest = ({ certificatePem }: Signer) =>
    new X509Certificate(certificatePem).fingerprint256.replaceAll(':', '').toLowerCase();
  expect(certificatesFor(path, 27)).toEqual([digest(before)]);
  expect(certificatesFor(path, 28)).toEqual([digest(after)]);
});
