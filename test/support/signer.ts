/** A vendor's key and certificate, made and used by OpenSSL: what we verify, others have signed. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Signer {
  readonly certificatePem: string;
  readonly privateKeyPem: string;
  /** A detached CMS signature over `content`, DER. */
  sign(content: Uint8Array, more?: readonly string[]): Buffer;
}

const kinds = {
  rsa: ['-newkey', 'rsa:2048'],
  'rsa-4096': ['-newkey', 'rsa:4096'],
  'rsa-1024': ['-newkey', 'rsa:1024'],
  p256: ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256'],
  p384: ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-384'],
} as const;

export function makeSigner(
  kind: keyof typeof kinds = 'rsa',
  digest: 'sha1' | 'sha256' | 'sha512' = 'sha256',
  name = 'vendor',
): Signer {
  return inFolder((folder) => {
    const [keyFile, certificateFile] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
    const files = ['-keyout', keyFile, '-out', certificateFile];
    const request = ['req', '-x509', '-nodes', `-${digest}`, '-subj', `/CN=${name}`, '-days', '9'];
    openssl([...request, ...kinds[kind], ...files]);
    const certificatePem = readFileSync(certificateFile, 'utf8');
    const privateKeyPem = readFileSync(keyFile, 'utf8');
    const sign = (content: Uint8Array, more: readonly string[] = ['-noattr']): Buffer =>
      signWith({ certificatePem, privateKeyPem }, digest, content, more);
    return { certificatePem, privateKeyPem, sign };
  });
}

function signWith(
  { certificatePem, privateKeyPem }: Pick<Signer, 'certificatePem' | 'privateKeyPem'>,
  digest: string,
  content: Uint8Array,
  more: readonly string[],
): Buffer {
  return inFolder((folder) => {
    const [contentFile, signerFile] = [join(folder, 'content'), join(folder, 'signer.pem')];
    writeFileSync(contentFile, content);
    writeFileSync(signerFile, certificatePem + privateKeyPem);
    const args = ['cms', '-sign', '-binary', '-outform', 'DER', '-in', contentFile];
    return openssl([...args, '-signer', signerFile, '-md', digest, ...more]);
  });
}

function openssl(args: readonly string[]): Buffer {
  return execFileSync('openssl', args, { stdio: ['ignore', 'pipe', 'pipe'] });
}

function inFolder<T>(work: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'pos-bench-signer-'));
  try {
    return work(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
