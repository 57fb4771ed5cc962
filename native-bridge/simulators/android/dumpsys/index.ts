/** `dumpsys SERVICE`: which services there are, and how a dump is refused. */
import { battery } from './battery.ts';
import { connectivity } from './connectivity.ts';
import {
  alarm,
  deviceIdle,
  devicePolicy,
  diskStats,
  networkTime,
  timeDetector,
  usb,
  vendorDump,
  vpnManagement,
} from './others.ts';
import { packageDump } from './package.ts';
import { telephonyRegistry } from './telephony.ts';
import { wifi } from './wifi.ts';
import type { Device } from '../device/device.ts';
import { sleep } from '../shell/io.ts';
import type { StreamingCommand } from '../shell/command.ts';

type Dump = (device: Device, args: readonly string[]) => string;

const anywhere: Readonly<Record<string, Dump>> = {
  alarm,
  battery,
  connectivity,
  device_policy: devicePolicy,
  deviceidle: deviceIdle,
  diskstats: diskStats,
  network_time_update_service: networkTime,
  package: (device, [name]) => packageDump(name, device),
  'telephony.registry': telephonyRegistry,
  usb,
  wifi,
};

const modern: Readonly<Record<string, Dump>> = {
  time_detector: timeDetector,
  vpn_management: vpnManagement,
};

function dumpsOf({ model }: Device): Readonly<Record<string, Dump>> {
  const own = model.merchantStore.kind === 'settings' ? { pbe_terminal: vendorDump } : {};
  return model.firmware.sdk >= 29 ? { ...anywhere, ...modern, ...own } : { ...anywhere, ...own };
}

const HANGS_MS = 3_600_000;

export const dumpsys: StreamingCommand = async ({ args, io, device, signal }) => {
  const dumps = dumpsOf(device);
  const [first = ''] = args;
  const say = (text: string): Promise<void> => io.stdout(Buffer.from(text));
  if (first === '-l') {
    const names = Object.keys(dumps).sort();
    await say(`Currently running services:\n${names.map((name) => `  ${name}\n`).join('')}`);
    return 0;
  }
  // `-t SECONDS` and `-T MS`: how long it may take.
  const rest = /^-[tT]$/.test(first) ? args.slice(2) : args;
  const [name = '', ...options] = rest;
  const dump = Object.hasOwn(dumps, name) ? dumps[name] : undefined;
  if (dump === undefined) {
    await io.stderr(Buffer.from(`Can't find service: ${name}\n`));
    return device.model.firmware.sdk >= 28 ? 1 : 0;
  }
  if (device.faults.has('shell-hangs') && name === 'wifi') await sleep(HANGS_MS, signal);
  if (device.faults.has('shell-denied')) {
    await say(`Permission Denial: can't dump ${name} from from pid=22120, uid=2000\n`);
    return 0;
  }
  await say(dump(device, options));
  return 0;
};
