/** An Android terminal's apps over the bus, each job as its command. */
import assert from 'node:assert/strict';
import type { AppResult } from '../../../native-bridge/contract/app.ts';
import { makeApk } from '../../support/make-apk.ts';
import { makeSigner } from '../../support/signer.ts';
import type { Result } from '../../../native-bridge/contract/requests.ts';
import { AndroidTerminal } from './android-terminal.ts';
import { test } from './harness.ts';
import { posBench, sharedBridge, sharedData } from './product.ts';
import { file } from './vendor.ts';

const packageName = 'com.example.pay';
const signer = makeSigner('p256');

interface State {
  readonly packages: readonly { readonly name: string; readonly versionCode: number }[];
}

/** `bytes`: beside the manifest. */
function app(versionCode: number, bytes: number): string {
  const manifest = { packageName, versionCode, versionName: `1.${versionCode}` };
  const more = [{ name: 'assets/big', content: Buffer.alloc(bytes, 'big') }];
  return file(`app-${versionCode}.apk`, makeApk({ manifest, signer, algorithm: 0x0201, more }));
}

async function versionOn(terminal: AndroidTerminal): Promise<number | null> {
  const { packages } = (await terminal.tell({ state: true })) as unknown as State;
  return packages.find(({ name }) => name === packageName)?.versionCode ?? null;
}

test('an app is installed, listed among the others, and taken away', async (trial) => {
  const terminal = await AndroidTerminal.start(trial, { model: 'at-900' });
  const run = (...args: readonly string[]) =>
    posBench(sharedData, [...args, '--port', terminal.url()]);
  const installed = await run('app', 'install', app(7, 200_000), '--yes');
  const { app: result }: { app: AppResult } = installed.json.result;
  assert.deepEqual([result.verdict, installed.exitCode], ['done', 0]);
  assert.equal(await versionOn(terminal), 7);
  const list: Result<'listApps'> = (await run('app', 'list', '--all')).json.result;
  const found = list.apps.find((each) => each.packageName === packageName);
  assert.deepEqual([found?.state, found?.installed?.versionCode], ['installed', 7]);
  const removed = await run('app', 'uninstall', packageName);
  assert.equal((removed.json.result as AppResult).verdict, 'done');
  assert.equal(await versionOn(terminal), null);
});

test('an app that was cut off while it was sent is not installed, and the next connection says so', async (trial) => {
  const terminal = await AndroidTerminal.start(trial, { model: 'at-900', serialNumber: 'AT-APP' });
  const bridge = await sharedBridge();
  const { id: terminalId } = await bridge.request('connect', { portUrl: terminal.url() });
  trial.defer(() => bridge.request('disconnect', { terminalId }).catch(() => null));
  const { fileId } = await bridge.registerFile(app(8, 1_000_000));
  const { app: inspected } = await bridge.request('inspectApp', { fileId });
  let isOut = false;
  const asked = { terminalId, fileId, acceptedSha256: inspected.fileSha256 };
  const ended = await bridge
    .request('installApp', asked, {
      onProgress: ({ phase, sentBytes }) => {
        if (isOut || phase !== 'send' || sentBytes === 0) return;
        isOut = true;
        terminal.pullNow();
      },
    })
    .then(
      ({ verdict }) => verdict,
      (error: unknown) => (error as { fault: { code: string } }).fault.code,
    );
  assert.equal(ended, 'port-vanished');
  await terminal.plugCable();
  const { unfinished } = await bridge.request('connect', { portUrl: terminal.url() });
  assert.deepEqual([unfinished?.state, unfinished?.text.key], ['settled', 'apps_unfinished_not']);
  assert.equal(await versionOn(terminal), null);
});
