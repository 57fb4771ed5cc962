/** A simulated Android terminal with a bridge, and apps as files for it. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Progress } from '../../../native-bridge/contract/requests.ts';
import { makeApk, type ApkPlan, type ManifestPlan } from '../../support/make-apk.ts';
import { openBench, type Bench } from '../../support/bench.ts';
import { makeSigner } from '../../support/signer.ts';
import { startTerminal, type Terminal } from '../../simulators/android/terminal.ts';

export const signer = makeSigner('p256');
export const otherSigner = makeSigner('p256', 'sha256', 'somebody else');
export const packageName = 'com.example.pay';

const algorithm = 0x0201;

export interface AppPlan extends ApkPlan {
  readonly unsigned?: boolean;
}

export interface AppBench extends Bench {
  readonly simulated: Terminal;
  readonly portUrl: string;
  readonly terminalId: string;
  /** An app's file, registered. */
  app(manifest?: ManifestPlan, plan?: AppPlan): Promise<{ fileId: string; acceptedSha256: string }>;
  install(
    app: { readonly fileId: string; readonly acceptedSha256: string },
    onProgress?: (progress: Progress<'installApp'>) => void,
  ): ReturnType<typeof installWith>;
  /** What stands in the folder for files that are passed on. */
  left(): readonly string[];
}

/** `profile`: in place of the model's own, its text. */
export async function appBench(model = 'at-900', profile?: string): Promise<AppBench> {
  const bench = await openBench();
  const simulated = await startTerminal('--model', model, '--auth', 'accept-after-ms');
  const portUrl = `adb://${simulated.adb}`;
  const profileFileId = profile === undefined ? null : await registered(bench, 'own.yaml', profile);
  const asked = { portUrl, profileFileId };
  const { id: terminalId } = await bench.bridge.request('connect', asked);
  let files = 0;
  return {
    ...bench,
    simulated,
    portUrl,
    terminalId,
    app: async (manifest = {}, { unsigned = false, ...plan } = {}) => {
      files += 1;
      const path = join(bench.dataFolder, `app-${files}.apk`);
      const signed = { ...(unsigned ? {} : { signer }), algorithm, ...plan };
      await writeFile(path, makeApk({ manifest: { packageName, ...manifest }, ...signed }));
      const { fileId } = await bench.bridge.registerFile(path);
      const { app } = await bench.bridge.request('inspectApp', { fileId });
      return { fileId, acceptedSha256: app.fileSha256 };
    },
    install: (app, onProgress) => installWith(bench, { terminalId, ...app }, onProgress),
    left: () => simulated.simulator.device.files.list('/data/local/tmp') ?? [],
  };
}

/** As a file for the bench. */
export async function registered({ bridge, dataFolder }: Bench, name: string, text: string) {
  const path = join(dataFolder, name);
  await writeFile(path, text);
  return (await bridge.registerFile(path)).fileId;
}

function installWith(
  { bridge }: Bench,
  params: { terminalId: string; fileId: string; acceptedSha256: string },
  onProgress?: (progress: Progress<'installApp'>) => void,
) {
  return bridge.request('installApp', params, { ...(onProgress && { onProgress }) });
}
