/** A simulated Android terminal, a bench that it is connected to, and packages for it. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Bridge } from '../../../native-bridge/bridge.ts';
import type {
  FlashPlan,
  FlashProgress,
  FlashResult,
} from '../../../native-bridge/contract/firmware.ts';
import { startTerminal, type Terminal } from '../../simulators/android/terminal.ts';
import { bridgeIn, openBench } from '../../support/bench.ts';
import { makeSigner, type Signer } from '../../support/signer.ts';
import { builds, updatePackage, type UpdatePlan } from '../../support/update-package.ts';

const profileFile = fileURLToPath(
  new URL('../../fixtures/profiles/quick-android.yaml', import.meta.url),
);

export const signer: Signer = makeSigner();
export { builds };
export type PackageOptions = Partial<UpdatePlan>;

/** Signed by the vendor unless said otherwise. */
export function packageFor(options: PackageOptions = {}): Buffer {
  return updatePackage({ signer, ...options });
}

export interface Stage {
  readonly terminal: Terminal;
  readonly dataFolder: string;
  bridge: Bridge;
  terminalId: string;
  readonly keyFile: string;
  connect(): Promise<void>;
  plan(file?: Buffer): Promise<FlashPlan>;
  flash(plan: FlashPlan, more?: Flashing): Promise<FlashResult>;
  /** Another program on the same records. */
  anotherProgram(): Promise<void>;
  state(): Promise<Readonly<Record<string, unknown>>>;
}

export interface Flashing {
  readonly allow?: string[];
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: FlashProgress) => void;
}

export async function openStage(...args: readonly string[]): Promise<Stage> {
  const { bridge, dataFolder } = await openBench();
  const terminal = await startTerminal('--boot-ms', '300', '--install-ms', '50', ...args);
  const keyFile = join(dataFolder, 'vendor.pem');
  await writeFile(keyFile, signer.certificatePem);
  const idOf = async (path: string) => (await stage.bridge.registerFile(path)).fileId;
  const stage: Stage = {
    terminal,
    dataFolder,
    bridge,
    terminalId: '',
    keyFile,
    connect: async () => {
      const asked = { portUrl: `adb://${terminal.adb}`, profileFileId: await idOf(profileFile) };
      stage.terminalId = (await stage.bridge.request('connect', asked)).id;
    },
    plan: async (bytes = packageFor()) => {
      const path = join(dataFolder, 'update.zip');
      await writeFile(path, bytes);
      return await stage.bridge.request('planFlash', {
        terminalId: stage.terminalId,
        fileId: await idOf(path),
        keyFileIds: [await idOf(keyFile)],
      });
    },
    flash: async (plan, { allow = [], signal, onProgress } = {}) =>
      await stage.bridge.request(
        'flash',
        {
          terminalId: stage.terminalId,
          fileId: plan.fileId,
          keyFileIds: [await idOf(keyFile)],
          allow,
          acceptedSha256: plan.image.fileSha256,
        },
        { ...(signal && { signal }), ...(onProgress && { onProgress }) },
      ),
    anotherProgram: async () => {
      stage.bridge = await bridgeIn(dataFolder);
    },
    state: () => terminal.control({ state: true }),
  };
  await stage.connect();
  return stage;
}

export function endOf({ verdict, state, next }: FlashResult): string {
  const short = ({ key }: { key: string }) => key.replace(/^flash_(?:state|next)_/, '');
  return `${verdict}: ${short(state)}, then ${short(next)}`;
}
