/** A simulated Android terminal with a boot loader, a bench that it is connected to, and factory packages. */
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
import { makeFactory, type FactoryPlan } from '../../support/make-factory.ts';
import { makeSigner } from '../../support/signer.ts';

export const quickFastboot = fileURLToPath(
  new URL('../../fixtures/profiles/quick-fastboot.yaml', import.meta.url),
);

export const signer = makeSigner();
/** What the packages bring; later than what the terminals have. */
export const builds = {
  'at-900': 'PBNorth/at900/at900:13/TKQ1.230504.002/9.3.0.7:user/release-keys',
  'at-700': 'PBEast/at700/at700:7.1.2/NHG47K/7.2.0.1:user/release-keys',
} as const;
export type Model = keyof typeof builds;

/** In fastbootd, which alone writes what lies in `super`. */
const dynamicTasks = `version 1
flash boot
flash dtbo
flash vbmeta
reboot fastboot
flash system
if-wipe erase userdata`;

export function factoryFor(model: Model = 'at-900', more: Partial<FactoryPlan> = {}): Buffer {
  const device = model.replace('-', '');
  const isOld = model === 'at-700';
  return makeFactory({
    info: `require product=${device}\nrequire version-bootloader=${device}-boot-2.4\n`,
    fingerprint: builds[model],
    signer: isOld ? undefined : signer,
    ...(isOld ? { leaveOut: ['dtbo.img'] } : { tasks: dynamicTasks }),
    ...more,
  });
}

export interface Stage {
  readonly terminal: Terminal;
  readonly dataFolder: string;
  readonly adbUrl: string;
  readonly fastbootUrl: string;
  bridge: Bridge;
  terminalId: string;
  connect(portUrl?: string): Promise<void>;
  plan(file?: Buffer, keys?: boolean): Promise<FlashPlan>;
  flash(plan: FlashPlan, more?: Flashing): Promise<FlashResult>;
  /** Another program on the same records. */
  anotherProgram(): Promise<void>;
  state(): Promise<SimulatorState>;
}

export interface SimulatorState {
  readonly mode: string;
  readonly fingerprint: string;
  readonly slot: string | null;
  readonly partitions: Readonly<Record<string, { bytes: number; sha256: string }>>;
  readonly erased: readonly string[];
}

export interface Flashing {
  readonly allow?: string[];
  readonly keys?: boolean;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: FlashProgress) => void;
}

let hosts = 0;

/** An address of one's own: fastboot has but one usual port, and its host finds it by that alone. */
function hostOfOwn(): string {
  hosts += 1;
  return `127.${1 + (process.pid % 250)}.${(process.pid >> 8) % 250}.${hosts}`;
}

export async function openStage(...args: readonly string[]): Promise<Stage> {
  const { bridge, dataFolder } = await openBench();
  const host = hostOfOwn();
  const where = ['--host', host, '--port', '5555', '--fastboot-port', '5554'];
  const terminal = await startTerminal('--boot-ms', '300', ...where, ...args);
  const keyFile = join(dataFolder, 'vendor.pem');
  await writeFile(keyFile, signer.certificatePem);
  const idOf = async (path: string) => (await stage.bridge.registerFile(path)).fileId;
  const keyIds = async (given: boolean) => (given ? [await idOf(keyFile)] : []);
  const stage: Stage = {
    terminal,
    dataFolder,
    adbUrl: `adb://${terminal.adb}`,
    fastbootUrl: `fastboot://${host}:5554`,
    bridge,
    terminalId: '',
    connect: async (portUrl = stage.adbUrl) => {
      const asked = { portUrl, profileFileId: await idOf(quickFastboot) };
      stage.terminalId = (await stage.bridge.request('connect', asked)).id;
    },
    plan: async (bytes = factoryFor(), keys = true) => {
      const path = join(dataFolder, 'factory.zip');
      await writeFile(path, bytes);
      return await stage.bridge.request('planFlash', {
        terminalId: stage.terminalId,
        fileId: await idOf(path),
        keyFileIds: await keyIds(keys),
      });
    },
    flash: async (plan, { allow = [], keys = true, signal, onProgress } = {}) =>
      await stage.bridge.request(
        'flash',
        {
          terminalId: stage.terminalId,
          fileId: plan.fileId,
          keyFileIds: await keyIds(keys),
          allow,
          acceptedSha256: plan.image.fileSha256,
        },
        { ...(signal && { signal }), ...(onProgress && { onProgress }) },
      ),
    anotherProgram: async () => {
      stage.bridge = await bridgeIn(dataFolder);
    },
    state: async () => (await terminal.control({ state: true })) as unknown as SimulatorState,
  };
  await stage.connect(args.includes('bootloader') ? stage.fastbootUrl : stage.adbUrl);
  return stage;
}

export function endOf({ verdict, state, next }: FlashResult): string {
  const short = ({ key }: { key: string }) => key.replace(/^flash_(?:state|next)_/, '');
  return `${verdict}: ${short(state)}, then ${short(next)}`;
}
