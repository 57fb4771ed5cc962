/** What an Android says of its own build, read as recovery and update packages name it. */
import { buildName } from '../../../firmware/ota/build.ts';
import type { OtaTarget } from '../../../firmware/ota/judge-ota.ts';
import { parseGetprop } from '../../../protocols/android/index.ts';
import type { AdbSession } from '../../../sessions/adb/adb-session.ts';
import type { BootLoaderSeen, RunningFirmware, Until } from '../method.ts';

export type Properties = ReadonlyMap<string, string>;

const maxOutputBytes = 1024 * 1024;
/** Recovery looks at the first; scripts of old packages at the second; later Androids split them up. */
const deviceNames = [
  'ro.product.device',
  'ro.build.product',
  'ro.product.vendor.device',
  'ro.product.odm.device',
  'ro.product.product.device',
];
const fingerprintNames = ['ro.build.fingerprint', 'ro.system.build.fingerprint'];

export async function readProperties(session: AdbSession, until: Until): Promise<Properties> {
  const { output } = await session.shell('getprop', { ...until, maxOutputBytes });
  return parseGetprop(output);
}

/** Its apps may be used: before that a new system may still fall over. */
export function hasStarted(properties: Properties): boolean {
  return ['sys.boot_completed', 'dev.bootcomplete'].some((name) => properties.get(name) === '1');
}

/** A build is for good once it runs: what Android does of its own to keep it shows nowhere. */
export function runningBuild(properties: Properties): RunningFirmware {
  const id = first(properties, fingerprintNames);
  const shown = first(properties, ['ro.build.display.id', 'ro.build.id']);
  const version = (id === null ? null : buildName(id)) ?? shown ?? id ?? '';
  return { version, id, confirmed: true };
}

export function targetOf(properties: Properties): OtaTarget {
  const get = (name: string): string | null => properties.get(name) || null;
  const devices = deviceNames.flatMap((name) => get(name) ?? []);
  const built = Number(get('ro.build.date.utc') ?? NaN);
  return {
    devices: [...new Set(devices)],
    serialNumber: first(properties, ['ro.serialno', 'ro.boot.serialno']),
    fingerprint: first(properties, fingerprintNames),
    incremental: get('ro.build.version.incremental'),
    timestampSeconds: Number.isSafeInteger(built) && built > 0 ? built : null,
    securityPatch: get('ro.build.version.security_patch'),
    slotSuffix: get('ro.boot.slot_suffix') ?? '',
  };
}

/** What of its boot loader the system shows (androidboot.* of the kernel's command line). */
export function bootLoaderOf(properties: Properties): BootLoaderSeen {
  const get = (name: string): string | null => properties.get(name) || null;
  const names = ['ro.product.board', 'ro.hardware', 'ro.boot.hardware', 'ro.boot.product'];
  const products = [...targetOf(properties).devices, ...names.flatMap((name) => get(name) ?? [])];
  const version = first(properties, ['ro.boot.bootloader', 'ro.bootloader']);
  const suffix = get('ro.boot.slot_suffix');
  return {
    products: [...new Set(products)],
    unlocked: unlockedOf(properties),
    version: version === 'unknown' ? null : version,
    basebands: (get('gsm.version.baseband') ?? '').split(',').filter((each) => each !== ''),
    hasSlots: suffix !== null || get('ro.build.ab_update') === 'true',
    virtualAb: get('ro.virtual_ab.enabled') === 'true',
    hasSuper: get('ro.boot.dynamic_partitions') === 'true',
    variables: null,
  };
}

/** Verified Boot's state is orange on an unlocked one alone (AOSP, "Boot flow"). */
function unlockedOf(properties: Properties): boolean | null {
  const locked = properties.get('ro.boot.flash.locked');
  if (locked === '1' || locked === '0') return locked === '0';
  const state = properties.get('ro.boot.verifiedbootstate');
  return state ? state === 'orange' : null;
}

function first(properties: Properties, names: readonly string[]): string | null {
  return names.map((name) => properties.get(name)).find((value) => value) ?? null;
}
