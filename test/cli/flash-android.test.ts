/** Flashing a simulated Android terminal from a shell, with a package and its vendor's certificate. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { packageFor, signer } from '../operations/flash-android/stage.ts';
import { startTerminal } from '../simulators/android/terminal.ts';
import { documentOf, run, temporaryFolder } from './support.ts';

vi.setConfig({ testTimeout: 60_000 });

async function atHand(file = packageFor()) {
  const { adb } = await startTerminal('--boot-ms', '300');
  const folder = temporaryFolder();
  const [update, key] = [join(folder, 'update.zip'), join(folder, 'vendor.pem')];
  writeFileSync(update, file);
  writeFileSync(key, signer.certificatePem);
  const port = ['--port', `adb://${adb}`, '--data', join(folder, 'data')];
  return { update, withKey: ['--key', key], port };
}

it('the plan comes first, then the flash, then what the terminal says of its build', async () => {
  const { update, withKey, port } = await atHand();
  const { code, stdout } = await run(['firmware', 'flash', update, ...withKey, ...port, '--yes']);
  expect(code).toBe(0);
  expect(stdout).toMatch(/Kind\s+full · into the other slot/);
  expect(stdout).toContain('✓ Flashed');
  expect(stdout).toContain('Install from ADB completed with status 0.');
  const again = await run(['firmware', 'resume', ...port, '--yes', '--json']);
  expect(documentOf(again)).toMatchObject({ exitCode: 0, result: { flash: { verdict: 'done' } } });
});

it('without the certificate of who signed it, nothing is sent', async () => {
  const { update, port } = await atHand();
  const { code, stdout } = await run(['firmware', 'flash', update, ...port, '--yes']);
  expect(code).toBe(4);
  expect(stdout).toContain('signed with a key that is not trusted');
});

it('a package is inspected without a terminal', async () => {
  const { update, withKey } = await atHand(packageFor({ metadata: { 'ota-wipe': 'yes' } }));
  const { code, stdout } = await run(['firmware', 'inspect', update, ...withKey]);
  expect(code).toBe(0);
  expect(stdout).toMatch(/For\s+at900/);
  expect(stdout).toContain('erases everything on the terminal');
});
