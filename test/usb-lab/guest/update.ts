/** Update packages over the bus: a vendor's, and a terminal that is flashed with them and looked at. */
import type { FlashProgress, FlashResult } from '../../../native-bridge/contract/firmware.ts';
import type { Terminal } from '../../../native-bridge/contract/terminal.ts';
import { makeSigner } from '../../support/signer.ts';
import { updatePackage } from '../../support/update-package.ts';
import { AndroidTerminal, type AndroidOptions } from './android-terminal.ts';
import { until, type Trial } from './harness.ts';
import { sharedBridge } from './product.ts';
import { file } from './vendor.ts';

const signer = makeSigner('p256');
export const certificate = file('ota-vendor.pem', signer.certificatePem);

/** Patient enough for an emulated processor, and no more: a cable that stays out is waited for. */
export const quickProfile = profile('lab-android', 12_000);
/** For one that stays out for certain. */
export const hastyProfile = profile('lab-android-hasty', 3_000);

function profile(name: string, waitMs: number): string {
  const lines = [
    'format: 1',
    `name: ${name}`,
    'extends: [android-generic]',
    'vendor: USB lab',
    'model: Android terminal',
    'labels: { zh-CN: 实验安卓终端, en: Lab Android terminal }',
    'firmware:',
    '  family: android-ota',
    `  swapTimeoutMs: ${waitMs}`,
    `  recoveryTimeoutMs: ${waitMs}`,
    '  installTimeoutMs: 6000',
    '  fastboot:',
    '    slot: other',
    `    bootLoaderTimeoutMs: ${waitMs}`,
    '    writeTimeoutMs: 6000',
    '',
  ];
  return file(`${name}.yaml`, lines.join('\n'));
}

let started = 1;

export interface Update {
  readonly path: string;
  readonly fingerprint: string;
}

/** For the AT-900, some blocks of 64 KiB long; a later `number` is a later build. */
export function update(number: number): Update {
  const version = `9.4.0.${number}`;
  const fingerprint = `PBNorth/at900/at900:13/TKQ1.230504.002/${version}:user/release-keys`;
  const metadata = {
    'post-build': fingerprint,
    'post-build-incremental': version,
    'post-timestamp': String(1_790_000_000 + number),
  };
  return { path: file(`update-${number}.zip`, updatePackage({ signer, metadata })), fingerprint };
}

export function startUpdatable(
  trial: Trial,
  more: Partial<AndroidOptions> = {},
): Promise<AndroidTerminal> {
  const options = ['--boot-ms', '300', '--install-ms', '1500', ...(more.options ?? [])];
  // Each another one to the records that the tests share.
  const serialNumber = `AT-UPDATE-${started++}`;
  return AndroidTerminal.start(trial, { model: 'at-900', serialNumber, ...more, options });
}

interface State {
  readonly mode: string;
  readonly fingerprint: string;
  readonly slot: string | null;
  /** What its recovery wrote. */
  readonly screen: readonly string[];
  /** The blocks that have come to its recovery. */
  readonly sideloadTaken: readonly number[];
}

export async function stateOf(terminal: AndroidTerminal): Promise<State> {
  return (await terminal.tell({ state: true })) as unknown as State;
}

/** Where it is listed, whichever mode it is in; as a technician who tries until it answers. */
export async function connectUpdatable(
  trial: Trial,
  terminal: AndroidTerminal,
  profileFile = quickProfile,
): Promise<Terminal> {
  const bridge = await sharedBridge();
  const profileFileId = (await bridge.registerFile(profileFile)).fileId;
  const connected = await until('the terminal answering', async () => {
    const { ports } = await bridge.request('listPorts', {});
    const port = ports.find(({ serialNumber }) => serialNumber === terminal.serialNumber);
    if (port === undefined) return null;
    return await bridge.request('connect', { portUrl: port.url, profileFileId }).catch(() => null);
  });
  const away = { terminalId: connected.id };
  trial.defer(() => bridge.request('disconnect', away).catch(() => null));
  return connected;
}

export function install(
  terminal: Terminal,
  { path }: Update,
  onProgress?: (progress: FlashProgress) => void,
): Promise<FlashResult> {
  return flashFile(terminal, path, certificate, onProgress);
}

export async function flashFile(
  { id: terminalId }: Terminal,
  path: string,
  keyFile: string,
  onProgress: (progress: FlashProgress) => void = () => undefined,
): Promise<FlashResult> {
  const bridge = await sharedBridge();
  const fileId = (await bridge.registerFile(path)).fileId;
  const keyFileIds = [(await bridge.registerFile(keyFile)).fileId];
  const asked = { terminalId, fileId, keyFileIds };
  const plan = await bridge.request('planFlash', asked);
  const allow = plan.blockers.filter(({ allowable }) => allowable).map(({ code }) => code);
  const accepted = { acceptedSha256: plan.image.fileSha256, allow };
  return await bridge.request('flash', { ...asked, ...accepted }, { onProgress });
}

/** `done: done_build, then test_payment` */
export function endOf({ verdict, state, next }: FlashResult): string {
  const short = ({ key }: { key: string }) => key.replace(/^flash_(?:state|next)_/, '');
  return `${verdict}: ${short(state)}, then ${short(next)}`;
}
