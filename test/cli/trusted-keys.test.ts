/** `keys`: trusted keys without the window. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it, vi } from 'vitest';
import { z } from 'zod';
import { trustedKeySchema } from '../../native-bridge/contract/trusted-keys.ts';
import { documentOf, run, sampleFirmware, temporaryFolder } from './support.ts';

vi.setConfig({ testTimeout: 120_000 });

const keyFile = fileURLToPath(
  new URL('../fixtures/firmware/keys/other-ecdsa-p256.pub.pem', import.meta.url),
);
const resultSchema = z.object({ keys: z.array(trustedKeySchema) });

it('a key that was added vouches for firmware until it is removed by the first digits of its fingerprint', async () => {
  const data = temporaryFolder();
  const image = sampleFirmware('codebox-2.2.0-other-key.bin');
  const signature = async () =>
    documentOf(await run(['firmware', 'inspect', image, '--json', '--data', data])).result;
  const added = documentOf(await run(['keys', 'add', keyFile, '--json', '--data', data]));
  const [key] = resultSchema.parse(added.result).keys;
  expect(key).toMatchObject({ kind: 'firmware', name: 'other-ecdsa-p256.pub.pem' });
  expect(await signature()).toMatchObject({ signature: { state: 'valid' } });
  const { stdout } = await run(['keys', '--lang', 'zh-CN', '--data', data]);
  expect(stdout).toContain(key?.fingerprint);
  expect(stdout).toContain('固件公钥');
  const start = key?.fingerprint.slice(0, 8).toUpperCase() ?? '';
  expect((await run(['keys', 'remove', start, '--data', data])).stdout).toContain(
    'other-ecdsa-p256.pub.pem is no longer trusted',
  );
  expect(await signature()).toMatchObject({ signature: { state: 'not-checked' } });
});

it('what is no key, and a fingerprint that none has, say so', async () => {
  const data = temporaryFolder();
  const file = join(temporaryFolder(), 'no.pem');
  writeFileSync(file, 'no key');
  const added = documentOf(await run(['keys', 'add', file, '--json', '--data', data]));
  expect(added).toMatchObject({ exitCode: 2, fault: { code: 'key-unreadable' } });
  for (const [fingerprint, key] of [
    ['abcdef12', 'cli_usage_no_such_key'],
    ['x', 'cli_usage_value'],
  ] as const) {
    const removed = documentOf(
      await run(['keys', 'remove', fingerprint, '--json', '--data', data]),
    );
    expect(removed).toMatchObject({ exitCode: 2, usage: { key } });
  }
});
